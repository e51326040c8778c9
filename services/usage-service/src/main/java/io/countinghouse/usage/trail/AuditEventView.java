package io.countinghouse.usage.trail;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** An entry of the trail as it is read. */
record AuditEventView(
        UUID id,
        UUID tenantId,
        String action,
        String actorType,
        String actorId,
        Map<String, String> details,
        String correlationId,
        Instant occurredAt) {}
