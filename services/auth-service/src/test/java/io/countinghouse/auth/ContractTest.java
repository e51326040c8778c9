package io.countinghouse.auth;

import io.countinghouse.testing.ServiceContract;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;

@QuarkusTest
class ContractTest extends ServiceContract {

    @Override
    protected List<String> counters() {
        return List.of(
                "auth_accounts_under_attack_total",
                "auth_attempts_throttled_total",
                "auth_logins_total",
                "auth_logouts_total",
                "auth_tokens_issued_total",
                "auth_tokens_revoked_total");
    }
}
