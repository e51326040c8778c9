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

    /** The share that a subscription belongs to: of equal sizes, whatever the ids are. */
    private static final String SHARE =
            "cast(abs(hashtextextended(cast(id as text), 0) % cast(:shares as integer)) as integer)";

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

    Uni<List<Integer>> sharesDue(Instant by, int shares) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select distinct " + SHARE + " from subscription"
                                + " where next_period_end <= :by and created_at <= :by")
                        .setParameter("by", by)
                        .setParameter("shares", shares)
                        .getResultList())
                .map(rows ->
                        rows.stream().map(share -> ((Number) share).intValue()).toList());
    }

    Uni<List<UUID>> due(Instant by, int share, int shares, int limit) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select id from subscription"
                                + " where next_period_end <= :by and created_at <= :by and " + SHARE + " = :share"
                                + " order by next_period_end, id limit :most")
                        .setParameter("by", by)
                        .setParameter("shares", shares)
                        .setParameter("share", share)
                        .setParameter("most", limit)
                        .getResultList())
                .map(rows -> rows.stream().map(UUID.class::cast).toList());
    }

    Uni<Double> longestDueSeconds(Instant by) {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery("""
                                select cast(coalesce(max(extract(epoch from cast(:by as timestamptz)
                                    - greatest(next_period_end, created_at))), 0) as double precision)
                                from subscription where next_period_end <= :by and created_at <= :by""").setParameter("by", by).getSingleResult())
                .map(seconds -> ((Number) seconds).doubleValue());
    }
}
