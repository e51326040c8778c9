package io.countinghouse.notification.message;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A message to be sent.
 *
 * @param template its name
 * @param to an e-mail address, or the id of a webhook endpoint
 * @param variables exactly those that the template declares
 * @param tenantId whose message it is; only the operator and services name one
 */
@RegisterForReflection
record SendRequest(
        @NotNull
        @Pattern(regexp = "[a-z][a-z0-9-]{0,62}", message = "must be the name of a template")
        @Schema(examples = "welcome")
        String template,

        @NotNull Channel channel,

        @NotBlank @Size(max = 254) @Schema(examples = "owner@example.com")
        String to,

        @NotNull @Size(max = 100)
        Map<
                        String,
                        @NotNull @Size(max = 10_000)
                        @Pattern(regexp = "[^\\x00]*", message = "must not hold the character U+0000") String>
                variables,

        UUID tenantId) {}
