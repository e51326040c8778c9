package io.countinghouse.usage.trail;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One entry of the trail; never changed. */
@Entity
@Table(name = "audit_events")
class AuditEvent {

    @Id
    private UUID id;

    private UUID tenantId;
    private String action;
    private String actorType;
    private String actorId;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> details;

    private String correlationId;
    private Instant occurredAt;

    protected AuditEvent() {}

    static AuditEvent of(
            UUID tenant,
            String action,
            String actorType,
            String actorId,
            Map<String, String> details,
            String correlationId,
            Instant at) {
        AuditEvent event = new AuditEvent();
        event.id = Ids.next();
        event.tenantId = tenant;
        event.action = action;
        event.actorType = actorType;
        event.actorId = actorId;
        event.details = details;
        event.correlationId = correlationId;
        event.occurredAt = at;
        return event;
    }

    AuditEventView view() {
        return new AuditEventView(id, tenantId, action, actorType, actorId, details, correlationId, occurredAt);
    }
}
