package io.countinghouse.auth.user;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

record ChangeRoleRequest(
        @NotNull @Pattern(regexp = ROLES, message = "must be one of " + ROLES)
        String role) {

    static final String ROLES = "owner|admin|billing|member|viewer";
}
