package io.countinghouse.ai.generation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@RegisterForReflection
record GenerationView(
        UUID id,
        UUID tenantId,
        String operation,
        String provider,
        String model,
        @Schema(description = "What was asked") Map<String, Object> input,

        @Schema(description = "A forecast, an explanation, or a chat completion")
        Map<String, Object> output,

        TokenUsage usage,
        long latencyMs,
        String requestedBy,
        Instant requestedAt) {

    @RegisterForReflection
    record TokenUsage(long inputTokens, long outputTokens) {}

    static GenerationView of(ModelingInput input, ModelingOutput output) {
        return new GenerationView(
                input.id(),
                input.tenantId(),
                input.operation(),
                input.provider(),
                output.model(),
                input.parameters(),
                output.result(),
                new TokenUsage(output.inputTokens(), output.outputTokens()),
                output.latencyMs(),
                input.requestedBy(),
                input.requestedAt());
    }
}
