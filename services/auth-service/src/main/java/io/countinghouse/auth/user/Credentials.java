package io.countinghouse.auth.user;

import io.countinghouse.defaults.security.Roles;
import java.util.UUID;

/**
 * What a login needs to know of a user; {@code tenantId} is null for staff of the operator.
 *
 * @param role what a token may say: the user's role, or {@link Roles#PASSWORD_CHANGE} while the first password stands
 */
public record Credentials(UUID userId, UUID tenantId, String email, String role, String passwordHash) {

    static Credentials of(User user) {
        return new Credentials(
                user.id(),
                user.tenantId(),
                user.email(),
                user.mustChangePassword() ? Roles.PASSWORD_CHANGE : user.role(),
                user.passwordHash());
    }

    public boolean mustChangePassword() {
        return role.equals(Roles.PASSWORD_CHANGE);
    }

    @Override
    public String toString() {
        return "credentials of user " + userId;
    }
}
