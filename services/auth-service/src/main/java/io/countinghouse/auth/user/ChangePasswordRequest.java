package io.countinghouse.auth.user;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record ChangePasswordRequest(
        @NotNull @Size(max = 1024) @Schema(writeOnly = true) String currentPassword,

        @NotNull @Size(max = 1024) @Schema(description = "12 to 128 characters", writeOnly = true)
        String newPassword) {

    @Override
    public String toString() {
        return "change of a password";
    }
}
