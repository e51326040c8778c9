package io.countinghouse.notification.webhook;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Row-level security narrows every query here to the tenant of the transaction. */
@ApplicationScoped
class EarlierSecretRepository implements PanacheRepositoryBase<EarlierSecret, UUID> {

    /** Newest first. */
    Uni<List<EarlierSecret>> validAt(UUID endpoint, Instant now) {
        return list("endpointId = ?1 and validUntil > ?2 order by id desc", endpoint, now);
    }

    Uni<Long> forget(UUID endpoint, Instant now) {
        return delete("endpointId = ?1 and validUntil <= ?2", endpoint, now);
    }

    Uni<Long> forgetAll(UUID endpoint) {
        return delete("endpointId", endpoint);
    }
}
