package io.countinghouse.defaults.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;

/** The data of {@code countinghouse.audit.recorded.v1}. Details never hold secrets, tokens or message bodies. */
@RegisterForReflection
record AuditEntry(
        String service,
        String actorType,
        String actorId,
        String action,
        String resourceType,
        String resourceId,
        String outcome,
        Instant occurredAt,
        String ip,
        String correlationId,
        Map<String, ?> details) {}
