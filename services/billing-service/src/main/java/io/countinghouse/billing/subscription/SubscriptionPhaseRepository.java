package io.countinghouse.billing.subscription;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class SubscriptionPhaseRepository implements PanacheRepositoryBase<SubscriptionPhase, UUID> {

    Uni<List<SubscriptionPhase>> of(UUID subscriptionId) {
        return list("subscriptionId", subscriptionId);
    }

    /** Takes back what was to start at an instant or later. */
    Uni<Long> withdrawFrom(UUID subscriptionId, Instant from) {
        return delete("subscriptionId = ?1 and startsAt >= ?2", subscriptionId, from);
    }
}
