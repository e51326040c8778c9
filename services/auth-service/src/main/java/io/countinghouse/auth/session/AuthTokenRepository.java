package io.countinghouse.auth.session;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

@ApplicationScoped
class AuthTokenRepository implements PanacheRepositoryBase<AuthToken, UUID> {

    /**
     * Compare-and-set: true for exactly one of all who exchange the token. The others wait for its commit and then read
     * what it wrote, so this MUST run before the token is loaded into the session.
     */
    Uni<Boolean> consume(byte[] hash, Instant now) {
        return update("consumedAt = ?1 where tokenHash = ?2 and consumedAt is null", now, hash)
                .map(rows -> rows == 1);
    }

    Uni<AuthToken> findByHash(byte[] hash) {
        return find("tokenHash", hash).firstResult();
    }
}
