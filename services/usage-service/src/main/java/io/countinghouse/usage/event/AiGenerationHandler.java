package io.countinghouse.usage.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Meters the product's own AI like any other usage: each generation is an event of type {@code ai.tokens}. */
@ApplicationScoped
class AiGenerationHandler implements EventHandler {

    private static final String USAGE_TYPE = "ai.tokens";

    private final UsageEventService events;
    private final ObjectMapper json;

    AiGenerationHandler(UsageEventService events, ObjectMapper json) {
        this.events = events;
        this.json = json;
    }

    @Override
    public String type() {
        return "ai.generation.completed.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        Generation generation = event.dataAs(Generation.class);
        RecordUsageRequest usage = new RecordUsageRequest(
                "1.0",
                generation.generationId().toString(),
                event.source(),
                USAGE_TYPE,
                null,
                event.time(),
                null,
                event.tenantId(),
                json.createObjectNode()
                        .put("operation", generation.operation())
                        .put("provider", generation.provider())
                        .put("model", generation.model())
                        .put("input_tokens", generation.inputTokens())
                        .put("output_tokens", generation.outputTokens())
                        .put("total_tokens", generation.inputTokens() + generation.outputTokens()));
        return events.take(event.tenantId(), List.of(usage)).replaceWithVoid();
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Generation(
            UUID generationId, String operation, String provider, String model, long inputTokens, long outputTokens) {}
}
