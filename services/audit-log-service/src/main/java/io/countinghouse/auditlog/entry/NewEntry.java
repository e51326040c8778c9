package io.countinghouse.auditlog.entry;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.time.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * An entry about to be appended: what was reported, and what this service knows by itself (id, whose, when and by whom it
 * was recorded). Fields are as in {@link RecordAuditLogRequest}.
 */
public record NewEntry(
        UUID id,
        UUID tenantId,
        String service,
        String actorType,
        String actorId,
        String action,
        String resourceType,
        String resourceId,
        String outcome,
        Instant occurredAt,
        Instant recordedAt,
        String recordedBy,
        String ip,
        String correlationId,
        Map<String, ?> details) {

    /** Larger than anything that belongs into an audit entry; keeps one from carrying a document. */
    private static final int MOST_BYTES = 65_536;

    /** Before the first system that could have reported anything, and far enough from the range of a timestamptz. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    public NewEntry {
        if (occurredAt.isBefore(EARLIEST) || occurredAt.isAfter(recordedAt.plus(1, ChronoUnit.DAYS))) {
            throw ProblemException.invalidField(
                    "occurred_at", "'" + occurredAt + "' is before 1970 or more than a day in the future");
        }
    }

    static NewEntry reported(RecordAuditLogRequest reported, UUID tenantId, String recordedBy, Instant now) {
        Instant occurredAt = reported.occurredAt() == null ? now : reported.occurredAt();
        return new NewEntry(
                Ids.next(),
                tenantId,
                reported.service(),
                reported.actorType() == null ? "service" : reported.actorType(),
                reported.actorId(),
                reported.action(),
                reported.resourceType(),
                reported.resourceId(),
                reported.outcome(),
                occurredAt,
                now,
                recordedBy,
                reported.ip(),
                reported.correlationId(),
                reported.details() == null ? Map.of() : reported.details());
    }

    /** Something this service did itself. */
    public static NewEntry ownAction(
            String action, String resourceType, String resourceId, Instant now, Map<String, ?> details) {
        String self = "audit-log-service";
        return new NewEntry(
                Ids.next(),
                null,
                self,
                "system",
                self,
                action,
                resourceType,
                resourceId,
                "success",
                now,
                now,
                self,
                null,
                null,
                details);
    }

    /** The bytes that are hashed: RFC 8785 JSON of all that is known; what is not known is left out. */
    byte[] canonical() {
        var members = new HashMap<String, Object>();
        members.put("id", id);
        members.put("tenant_id", tenantId);
        members.put("service", service);
        members.put("actor_type", actorType);
        members.put("actor_id", actorId);
        members.put("action", action);
        members.put("resource_type", resourceType);
        members.put("resource_id", resourceId);
        members.put("outcome", outcome);
        members.put("occurred_at", occurredAt);
        members.put("recorded_at", recordedAt);
        members.put("recorded_by", recordedBy);
        members.put("ip", ip);
        members.put("correlation_id", correlationId);
        members.put("details", details);
        members.values().removeIf(value -> value == null);
        byte[] bytes = CanonicalJson.bytes(members);
        if (bytes.length > MOST_BYTES) {
            throw ProblemException.unprocessable(
                    "entry-too-large",
                    "The entry has " + bytes.length + " bytes as canonical JSON; at most " + MOST_BYTES + " are kept.");
        }
        return bytes;
    }
}
