package io.countinghouse.auth.user;

import io.countinghouse.defaults.text.MailAddress;
import io.countinghouse.defaults.text.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record CreateUserRequest(
        @NotNull @MailAddress @Size(max = 254) @Schema(format = "email")
        String email,

        @NotNull @VisibleText @Size(min = 1, max = 200) String name,

        @NotNull @Pattern(regexp = ChangeRoleRequest.ROLES, message = "must be one of " + ChangeRoleRequest.ROLES)
        String role,

        @NotNull
        @Size(max = 1024)
        @Schema(description = "The first password, 12 to 128 characters; to be changed", writeOnly = true)
        String password,

        @Schema(description = "Named by the operator only") UUID tenantId) {

    @Override
    public String toString() {
        return "new user " + email;
    }
}
