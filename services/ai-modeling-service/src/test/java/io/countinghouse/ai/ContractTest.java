package io.countinghouse.ai;

import io.countinghouse.testing.ServiceContract;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;

@QuarkusTest
class ContractTest extends ServiceContract {

    @Override
    protected List<String> counters() {
        return List.of("ai_generations_total", "ai_feedback_total");
    }
}
