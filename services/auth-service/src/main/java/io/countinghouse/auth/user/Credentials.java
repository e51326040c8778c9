package io.countinghouse.auth.user;

import java.util.UUID;

/** What a login needs to know of a user; {@code tenantId} is null for staff of the operator. */
public record Credentials(UUID userId, UUID tenantId, String email, String role, String passwordHash) {

    static Credentials of(User user) {
        return new Credentials(user.id(), user.tenantId(), user.email(), user.role(), user.passwordHash());
    }

    @Override
    public String toString() {
        return "credentials of user " + userId;
    }
}
