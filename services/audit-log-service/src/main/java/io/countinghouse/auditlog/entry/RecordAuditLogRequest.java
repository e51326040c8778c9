package io.countinghouse.auditlog.entry;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What happened, as the one who saw it tells it. The same message arrives by POST and as the data of
 * {@code countinghouse.audit.recorded.v1}.
 *
 * @param service where it happened
 * @param actorType who did it: user, service, operator or system
 * @param occurredAt when it happened; now, if it is not said
 * @param details what else matters, without secrets; numbers are kept as text
 * @param tenantId whose it is; only the operator and services may name one
 */
@RegisterForReflection
record RecordAuditLogRequest(
        @NotBlank @Size(max = 100) @Schema(examples = "invoice-service")
        String service,

        @Pattern(regexp = "user|service|operator|system", message = "must be user, service, operator or system")
        String actorType,

        @Size(max = 200) String actorId,

        @NotBlank
        @Size(max = 100)
        @Pattern(
                regexp = "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*",
                message = "must be words of letters, digits, _ and - joined by dots, like invoice.finalized")
        String action,

        @NotBlank @Size(max = 100) String resourceType,
        @Size(max = 200) String resourceId,

        @NotNull @Pattern(regexp = "success|failure|denied", message = "must be success, failure or denied")
        String outcome,

        Instant occurredAt,

        @Size(max = 100) @Pattern(regexp = IpAddress.PATTERN, message = "must be an IPv4 or IPv6 address")
        String ip,

        @Size(max = 200) String correlationId,
        Map<String, Object> details,
        UUID tenantId) {}
