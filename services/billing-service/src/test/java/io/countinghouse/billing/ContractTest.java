package io.countinghouse.billing;

import io.countinghouse.testing.ServiceContract;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;

@QuarkusTest
class ContractTest extends ServiceContract {
    @Override
    protected List<String> counters() {
        return List.of("billing_upgrades_total", "billing_alerts_total");
    }
}
