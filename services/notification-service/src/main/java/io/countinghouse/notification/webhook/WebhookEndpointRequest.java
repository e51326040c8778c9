package io.countinghouse.notification.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where to call, about what.
 *
 * @param eventTypes of those in {@link WebhookEventTypes}; none means all, those to come included
 * @param tenantId whose; only the operator names one
 */
@RegisterForReflection
record WebhookEndpointRequest(
        @NotBlank
        @Size(max = 2048)
        @Pattern(regexp = "[\\x21-\\x7e]*", message = "must be ASCII without white space")
        @Schema(examples = "https://example.com/hooks/countinghouse")
        String url,

        @Size(max = 500) @Pattern(regexp = "[^\\x00]*", message = "must not hold the character U+0000")
        String description,

        @Schema(
                description = "Of invoice.finalized, invoice.paid, invoice.credited, invoice.voided,"
                        + " invoice.payment_recorded, invoice.credit_note_issued, billing.alert_triggered,"
                        + " billing.subscription_changed and notification.sent; none means all, those to come included")
        @Size(max = 50)
        List<
                        @NotNull
                        @Pattern(
                                regexp = "[a-z][a-z0-9_]*(\\.[a-z0-9_]+)+",
                                message = "must be words joined by dots, like invoice.finalized")
                        @Size(max = 100) String>
                eventTypes,

        Boolean enabled,
        UUID tenantId) {

    List<String> types() {
        return eventTypes == null ? List.of() : eventTypes;
    }
}
