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
 * @param eventTypes none means all, those to come included
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

        @Size(max = 50)
        List<
                        @NotNull
                        @Pattern(
                                regexp = "[a-z][a-z0-9_]*(\\.[a-z0-9_]+)+",
                                message = "must be words joined by dots, like invoice.finalized")
                        @Size(max = 100) String>
                eventTypes,

        Boolean enabled,
        UUID tenantId) {}
