package io.countinghouse.ai;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** An OpenAI-compatible endpoint: the stand-in for the other services, under a path of its own. */
public class AiTestEnvironment implements QuarkusTestResourceLifecycleManager {

    public static final String COMPLETIONS = "/openai/v1/chat/completions";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "countinghouse.ai.openai.url", "${countinghouse.services.usage-service.url}/openai/v1",
                "countinghouse.ai.openai.api-key", "sk-test",
                "countinghouse.ai.openai.model", "test-model",
                "countinghouse.ai.openai.timeout", "2s");
    }

    @Override
    public void stop() {
        // Nothing was started.
    }
}
