package io.countinghouse.auth.session;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record LoginRequest(
        @NotBlank @Size(max = 254) @Schema(examples = "ada@example.com")
        String email,

        @NotNull @Size(max = 1024) @Schema(writeOnly = true) String password) {

    @Override
    public String toString() {
        return "a login";
    }
}
