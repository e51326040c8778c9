package io.countinghouse.auditlog.entry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An entry as it is shown: read back from its canonical bytes, so that what a reader sees is what was hashed.
 *
 * @param leafIndex its place in the tree, from 0
 * @param recordedBy the caller or service that reported it
 * @param leafHash SHA-256(0x00 || canonical bytes), in base64
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record AuditLogView(
        UUID id,
        Long leafIndex,
        UUID tenantId,
        Instant occurredAt,
        Instant recordedAt,
        String recordedBy,
        String service,
        String actorType,
        String actorId,
        String action,
        String resourceType,
        String resourceId,
        String outcome,
        String ip,
        String correlationId,
        Map<String, Object> details,
        String leafHash) {

    AuditLogView at(long index, String hash) {
        return new AuditLogView(
                id,
                index,
                tenantId,
                occurredAt,
                recordedAt,
                recordedBy,
                service,
                actorType,
                actorId,
                action,
                resourceType,
                resourceId,
                outcome,
                ip,
                correlationId,
                details,
                hash);
    }
}
