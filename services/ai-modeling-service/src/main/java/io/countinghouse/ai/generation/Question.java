package io.countinghouse.ai.generation;

import io.countinghouse.defaults.audit.AuditTrail;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What is asked of which provider for which tenant by whom, as it will be recorded: also when the request is gone by then. */
record Question(
        UUID tenantId,
        String operation,
        String provider,
        Map<String, Object> parameters,
        String askedBy,
        AuditTrail.Actor actor,
        Instant askedAt) {}
