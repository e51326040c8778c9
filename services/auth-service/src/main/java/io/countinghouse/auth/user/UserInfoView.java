package io.countinghouse.auth.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/** {@code sub}, {@code email} and {@code name} as OpenID Connect names them; no tenant for staff of the operator. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UserInfoView(UUID sub, String email, String name, String role, TenantView tenant) {}
