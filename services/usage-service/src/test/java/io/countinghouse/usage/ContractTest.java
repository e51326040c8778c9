package io.countinghouse.usage;

import io.countinghouse.testing.ServiceContract;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;

@QuarkusTest
class ContractTest extends ServiceContract {

    @Override
    protected List<String> counters() {
        return List.of("usage_metrics_fetched_total", "usage_audit_events_total");
    }
}
