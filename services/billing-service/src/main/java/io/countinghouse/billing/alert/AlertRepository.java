package io.countinghouse.billing.alert;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class AlertRepository implements PanacheRepositoryBase<UsageAlert, UUID> {
    private static final UUID LAST = new UUID(-1L, -1L);
    private static final UUID FIRST = new UUID(0L, 0L);

    Uni<List<UsageAlert>> page(UUID tenantId, UUID after, int limit) {
        return find(
                        "tenantId = :tenant and deletedAt is null and id < :after order by id desc",
                        Map.of("tenant", tenantId, "after", after == null ? LAST : after))
                .range(0, limit)
                .list();
    }

    /** Every tenant's of a share, in a fixed order, so that a round can go through them in steps. */
    Uni<List<UsageAlert>> active(int share, int shares, UUID after, int limit) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select * from usage_alert where deleted_at is null and id > :after
                                    and abs(hashtextextended(cast(id as text), 0) % cast(:shares as integer)) = :share
                                order by id limit :most""", UsageAlert.class)
                        .setParameter("after", after == null ? FIRST : after)
                        .setParameter("share", share)
                        .setParameter("shares", shares)
                        .setParameter("most", limit)
                        .getResultList());
    }

    Uni<Boolean> hasFired(UUID alertId, Instant periodStart) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT count(*) FROM usage_alert_firing WHERE alert_id = :alert AND period_start = :start",
                                Long.class)
                        .setParameter("alert", alertId)
                        .setParameter("start", periodStart)
                        .getSingleResult())
                .map(count -> count > 0);
    }

    /** False when it has fired in this period already, here or in another instance. */
    Uni<Boolean> fire(UsageAlert alert, Instant periodStart, BigDecimal value, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "INSERT INTO usage_alert_firing (alert_id, period_start, tenant_id, value, fired_at)"
                                        + " VALUES (:alert, :start, :tenant, :value, :now) ON CONFLICT DO NOTHING")
                        .setParameter("alert", alert.id())
                        .setParameter("start", periodStart)
                        .setParameter("tenant", alert.tenantId())
                        .setParameter("value", value)
                        .setParameter("now", now)
                        .executeUpdate())
                .map(rows -> rows == 1);
    }
}
