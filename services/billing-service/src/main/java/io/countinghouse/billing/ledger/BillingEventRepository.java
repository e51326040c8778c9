package io.countinghouse.billing.ledger;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class BillingEventRepository implements PanacheRepositoryBase<BillingEvent, UUID> {

    /**
     * Takes {@code count} numbers and answers the last. The row stays locked until the transaction ends, so that
     * numbers are in the order of commits and one that is rolled back leaves no gap.
     */
    Uni<Long> take(UUID tenantId, int count) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "INSERT INTO billing_event_sequence AS s (tenant_id, last) VALUES (:tenant, :count)"
                                        + " ON CONFLICT (tenant_id) DO UPDATE SET last = s.last + :count RETURNING s.last",
                                Long.class)
                        .setParameter("tenant", tenantId)
                        .setParameter("count", (long) count)
                        .getSingleResult());
    }

    Uni<List<BillingEvent>> page(UUID tenantId, long before, int limit) {
        return find(
                        "tenantId = :tenant and sequence < :before order by sequence desc",
                        Map.of("tenant", tenantId, "before", before))
                .range(0, limit)
                .list();
    }
}
