package io.countinghouse.billing.subscription;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class SubscriptionRepository implements PanacheRepositoryBase<Subscription, UUID> {
    private static final UUID LAST = new UUID(-1L, -1L);

    Uni<Subscription> lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Newest first; of every tenant when {@code tenantId} is null and the transaction sees them. */
    Uni<List<Subscription>> page(UUID tenantId, UUID after, int limit) {
        Parameters parameters = Parameters.with("after", after == null ? LAST : after);
        var query = tenantId == null
                ? find("id < :after order by id desc", parameters)
                : find(
                        "id < :after and tenantId = :tenant order by id desc",
                        parameters.and("tenant", tenantId));
        return query.range(0, limit).list();
    }

    /** The one that runs at an instant. */
    Uni<Subscription> running(UUID tenantId, Instant now) {
        return find(
                        "tenantId = :tenant and startAt <= :now and (endAt is null or endAt > :now)",
                        Parameters.with("tenant", tenantId).and("now", now))
                .firstResult();
    }

    Uni<Subscription> latest(UUID tenantId) {
        return find("tenantId = ?1 order by startAt desc", tenantId).firstResult();
    }

    /** What overlaps a span of time; an open end is null. */
    Uni<Subscription> overlapping(UUID tenantId, Instant start, Instant end) {
        Parameters parameters = Parameters.with("tenant", tenantId).and("start", start);
        String clash = "tenantId = :tenant and (endAt is null or (endAt > :start and endAt > startAt))";
        return end == null
                ? find(clash, parameters).firstResult()
                : find(clash + " and startAt < :end", parameters.and("end", end))
                        .firstResult();
    }

    Uni<List<UUID>> due(Instant by, int limit) {
        return find("nextPeriodEnd <= ?1 order by nextPeriodEnd, id", by)
                .range(0, limit - 1)
                .list()
                .map(rows -> rows.stream().map(Subscription::id).toList());
    }
}
