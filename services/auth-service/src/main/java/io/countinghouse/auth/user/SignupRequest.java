package io.countinghouse.auth.user;

import io.countinghouse.defaults.text.MailAddress;
import io.countinghouse.defaults.text.VisibleText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record SignupRequest(
        @NotNull @VisibleText @Size(min = 1, max = 200) @Schema(examples = "Azure Sky Ltd")
        String tenantName,

        @NotNull @VisibleText @Size(min = 1, max = 200) @Schema(examples = "Ada Lovelace")
        String name,

        @NotNull @MailAddress @Size(max = 254) @Schema(format = "email", examples = "ada@example.com")
        String email,

        @NotNull @Size(max = 1024) @Schema(description = "12 to 128 characters", writeOnly = true)
        String password) {

    @Override
    public String toString() {
        return "sign-up of " + tenantName;
    }
}
