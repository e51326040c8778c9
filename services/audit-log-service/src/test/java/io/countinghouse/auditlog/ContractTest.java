package io.countinghouse.auditlog;

import io.countinghouse.testing.ServiceContract;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;

@QuarkusTest
class ContractTest extends ServiceContract {

    @Override
    protected List<String> counters() {
        return List.of("audit_events_total", "audit_errors_total");
    }
}
