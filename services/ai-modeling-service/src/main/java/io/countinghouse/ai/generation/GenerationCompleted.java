package io.countinghouse.ai.generation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** The data of {@code ai.generation.completed.v1}: what usage-service meters. */
@RegisterForReflection
record GenerationCompleted(
        UUID generationId, String operation, String provider, String model, long inputTokens, long outputTokens) {

    static final String TYPE = "ai.generation.completed.v1";

    static GenerationCompleted of(ModelingInput input, ModelingOutput output) {
        return new GenerationCompleted(
                input.id(),
                input.operation(),
                input.provider(),
                output.model(),
                output.inputTokens(),
                output.outputTokens());
    }
}
