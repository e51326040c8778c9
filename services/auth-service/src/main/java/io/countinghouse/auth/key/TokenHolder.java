package io.countinghouse.auth.key;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Whom an access token is for: a person within a login session, or a machine with its scopes. */
public record TokenHolder(
        UUID subject,
        Optional<UUID> tenant,
        Set<String> groups,
        Optional<UUID> session,
        Optional<String> email,
        Optional<String> clientId) {

    public static TokenHolder person(UUID user, UUID tenantOrNull, String role, UUID session, String email) {
        return new TokenHolder(
                user,
                Optional.ofNullable(tenantOrNull),
                Set.of(role),
                Optional.of(session),
                Optional.of(email),
                Optional.empty());
    }

    public static TokenHolder machine(UUID account, UUID tenantOrNull, Set<String> scopes, String clientId) {
        return new TokenHolder(
                account,
                Optional.ofNullable(tenantOrNull),
                scopes,
                Optional.empty(),
                Optional.empty(),
                Optional.of(clientId));
    }
}
