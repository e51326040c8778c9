package io.countinghouse.billing.subscription;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class SubscriptionRepository implements PanacheRepositoryBase<Subscription, UUID> {
    private static final UUID LAST = new UUID(-1L, -1L);

    Uni<Subscription> lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Two subscriptions of a tenant at once: the second waits here, and then sees the first. */
    Uni<Void> lockTenant(UUID tenantId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT cast(pg_advisory_xact_lock(hashtextextended(:tenant, 0)) as text)",
                                String.class)
                        .setParameter("tenant", tenantId.toString())
                        .getSingleResult())
                .replaceWithVoid();
    }

    /** Newest first; of every tenant when {@code tenantId} is null and the transaction sees them. */
    Uni<List<Subscription>> page(UUID tenantId, UUID after, int limit) {
        UUID before = after == null ? LAST : after;
        var query = tenantId == null
                ? find("id < ?1 order by id desc", before)
                : find("id < ?1 and tenantId = ?2 order by id desc", before, tenantId);
        return query.range(0, limit).list();
    }

    /** The one that runs at an instant. */
    Uni<Subscription> running(UUID tenantId, Instant now) {
        return find(
                        "tenantId = :tenant and startAt <= :now and (endAt is null or endAt > :now)",
                        Map.of("tenant", tenantId, "now", now))
                .firstResult();
    }

    Uni<Subscription> latest(UUID tenantId) {
        return find("tenantId = ?1 order by startAt desc", tenantId).firstResult();
    }

    /** What overlaps a span of time; an open end is null. */
    Uni<Subscription> overlapping(UUID tenantId, Instant start, Instant end) {
        String clash = "tenantId = ?1 and (endAt is null or (endAt > ?2 and endAt > startAt))";
        return end == null
                ? find(clash, tenantId, start).firstResult()
                : find(clash + " and startAt < ?3", tenantId, start, end).firstResult();
    }

    Uni<Long> countDue(Instant by) {
        return count("nextPeriodEnd <= ?1 and createdAt <= ?1", by);
    }

    Uni<List<UUID>> due(Instant by, int limit) {
        return find("nextPeriodEnd <= ?1 and createdAt <= ?1 order by nextPeriodEnd, id", by)
                .range(0, limit - 1)
                .list()
                .map(rows -> rows.stream().map(Subscription::id).toList());
    }
}
