package io.countinghouse.auth.key;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class SigningKeyRepository implements PanacheRepositoryBase<SigningKey, UUID> {

    /** Keys that verifiers need: all but those retired so long ago that no token of theirs is still valid. */
    Uni<List<SigningKey>> published(Instant retiredAfter) {
        return list("retiredAt is null or retiredAt > ?1 order by id", retiredAfter);
    }

    /** Until the end of the transaction no other replica creates or rotates keys. */
    Uni<Void> lock() {
        return getSession()
                .chain(session -> session.createNativeQuery(
                                "select pg_advisory_xact_lock(hashtext('signing-keys'))::text", String.class)
                        .getResultList())
                .replaceWithVoid();
    }
}
