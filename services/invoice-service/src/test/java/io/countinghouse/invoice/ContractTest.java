package io.countinghouse.invoice;

import io.countinghouse.testing.ServiceContract;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;

@QuarkusTest
class ContractTest extends ServiceContract {
    @Override
    protected List<String> counters() {
        return List.of("invoice_generated_total", "invoice_paid_total");
    }
}
