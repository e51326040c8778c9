package io.countinghouse.notification.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An endpoint. */
@RegisterForReflection
record WebhookEndpointView(
        UUID id,
        UUID tenantId,
        String url,
        String description,
        List<String> eventTypes,
        boolean enabled,
        String disabledReason,

        @Schema(
                description =
                        "Only in the answer that makes it, and in its repetitions by the same caller with the same "
                                + "Idempotency-Key within a day")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String secret,

        @Schema(
                description =
                        "Until then the secret before signs as well, and those before it until the time that was named for them")
        Instant previousSecretValidUntil,

        Instant createdAt,
        Instant updatedAt) {

    WebhookEndpointView withSecret(String shown) {
        return new WebhookEndpointView(
                id,
                tenantId,
                url,
                description,
                eventTypes,
                enabled,
                disabledReason,
                shown,
                previousSecretValidUntil,
                createdAt,
                updatedAt);
    }
}
