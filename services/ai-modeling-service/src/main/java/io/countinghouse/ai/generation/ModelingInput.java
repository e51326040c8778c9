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

/** What was asked, of whom, by whom. */
@Entity
@Immutable
@Table(name = "modeling_input")
class ModelingInput {

    @Id
    private UUID id;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(columnDefinition = "text")
    private String operation;

    @Column(columnDefinition = "text")
    private String provider;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, Object> parameters;

    @Column(name = "requested_by", columnDefinition = "text")
    private String requestedBy;

    @Column(name = "requested_at")
    private Instant requestedAt;

    protected ModelingInput() {}

    static ModelingInput of(UUID id, Question question) {
        ModelingInput input = new ModelingInput();
        input.id = id;
        input.tenantId = question.tenantId();
        input.operation = question.operation();
        input.provider = question.provider();
        input.parameters = question.parameters();
        input.requestedBy = question.askedBy();
        input.requestedAt = question.askedAt();
        return input;
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    String operation() {
        return operation;
    }

    String provider() {
        return provider;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String requestedBy() {
        return requestedBy;
    }

    Instant requestedAt() {
        return requestedAt;
    }
}
