package io.countinghouse.auth.machine;

import io.countinghouse.defaults.text.VisibleText;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record CreateServiceAccountRequest(
        @NotNull @VisibleText @Size(min = 1, max = 200) @Schema(examples = "billing export")
        String name,

        @NotEmpty @Size(max = 20) @Schema(examples = "[\"usage:write\"]")
        List<@NotNull @Size(max = 50) String> scopes,

        @Schema(description = "Named by the operator only; without it the account belongs to no tenant")
        UUID tenantId,

        @Schema(description = "Until when it gets tokens; without it until it is revoked")
        Instant expiresAt) {}
