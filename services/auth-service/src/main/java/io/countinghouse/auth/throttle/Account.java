package io.countinghouse.auth.throttle;

import java.util.Optional;
import java.util.UUID;

/**
 * The account on which a password is tried.
 *
 * @param email as it was sent, in any spelling; it may be nobody's
 * @param user whose it is, if there is one
 * @param tenant of the user; staff of the operator have none
 */
public record Account(String email, Optional<UUID> user, Optional<UUID> tenant) {

    public static Account of(String email, UUID user, UUID tenantOrNull) {
        return new Account(email, Optional.of(user), Optional.ofNullable(tenantOrNull));
    }

    public static Account ofNobody(String email) {
        return new Account(email, Optional.empty(), Optional.empty());
    }
}
