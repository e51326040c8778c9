package io.countinghouse.notification.template;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A template with what it says. Parts are Qute templates: {@code {name}} is a variable, {@code {#if name}…{/if}} a condition,
 * and a backslash makes the brace behind it an ordinary one.
 *
 * @param html without it the message is plain text; values in it are escaped
 * @param variables all that the parts use, and no other; whoever sends must give each of them
 */
@RegisterForReflection
record TemplateRequest(
        @NotNull
        @Pattern(regexp = "[a-z][a-z0-9-]{0,62}", message = "must begin with a letter and hold a-z, 0-9 and - only")
        @Schema(examples = "maintenance-announced")
        String name,

        @NotNull Category category,

        @Size(max = 500) @Pattern(regexp = "[^\\x00]*", message = "must not hold the character U+0000")
        String description,

        @NotBlank
        @Size(max = 500)
        @Pattern(regexp = "[^\\r\\n\\x00]*", message = "must be one line")
        @Schema(examples = "Maintenance on {date}")
        String subject,

        @NotBlank @Size(max = 100_000) @Pattern(regexp = "[^\\x00]*", message = "must not hold the character U+0000")
        String text,

        @Size(max = 500_000) @Pattern(regexp = "[^\\x00]*", message = "must not hold the character U+0000")
        String html,

        @NotNull @Size(max = 100)
        List<
                        @NotNull
                        @Pattern(
                                regexp = "[a-z][a-z0-9_]{0,62}",
                                message = "must begin with a letter and hold a-z, 0-9 and _ only")
                        String>
                variables) {}
