package io.countinghouse.auth.session;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class AuthTokenRepository implements PanacheRepositoryBase<AuthToken, UUID> {

    /**
     * Compare-and-set: true for exactly one of all who exchange the token. The others wait for its commit and then read
     * what it wrote, so this MUST run before the token is loaded into the session.
     *
     * @param hashes of one token, under each secret that may have made it
     */
    Uni<Boolean> consume(List<byte[]> hashes, Instant now) {
        return update("consumedAt = ?1 where tokenHash in ?2 and consumedAt is null", now, hashes)
                .map(rows -> rows == 1);
    }

    Uni<AuthToken> findByHash(List<byte[]> hashes) {
        return find("tokenHash in ?1", hashes).firstResult();
    }
}
