package io.countinghouse.ai.generation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What was answered, and what it took; under the id of its input. */
@Entity
@Immutable
@Table(name = "modeling_output")
class ModelingOutput {

    @Id
    private UUID id;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(columnDefinition = "text")
    private String model;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> result;

    @Column(name = "input_tokens")
    private long inputTokens;

    @Column(name = "output_tokens")
    private long outputTokens;

    @Column(name = "latency_ms")
    private long latencyMs;

    @Column(name = "completed_at")
    private Instant completedAt;

    protected ModelingOutput() {}

    static ModelingOutput of(UUID id, UUID tenantId, Reply reply) {
        ModelingOutput output = new ModelingOutput();
        output.id = id;
        output.tenantId = tenantId;
        output.model = reply.model();
        output.result = reply.result();
        output.inputTokens = reply.inputTokens();
        output.outputTokens = reply.outputTokens();
        output.latencyMs = reply.latency().toMillis();
        output.completedAt = reply.completedAt();
        return output;
    }

    UUID id() {
        return id;
    }

    String model() {
        return model;
    }

    Map<String, Object> result() {
        return result;
    }

    long inputTokens() {
        return inputTokens;
    }

    long outputTokens() {
        return outputTokens;
    }

    long latencyMs() {
        return latencyMs;
    }
}
