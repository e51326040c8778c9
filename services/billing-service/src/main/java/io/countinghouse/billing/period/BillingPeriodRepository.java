package io.countinghouse.billing.period;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class BillingPeriodRepository implements PanacheRepositoryBase<BillingPeriod, UUID> {
    private static final UUID LAST = new UUID(-1L, -1L);

    /** Newest first; null filters nothing. */
    Uni<List<BillingPeriod>> page(UUID tenantId, UUID subscriptionId, UUID after, int limit) {
        StringBuilder where = new StringBuilder("id < :after");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("after", after == null ? LAST : after);
        if (tenantId != null) {
            where.append(" and tenantId = :tenant");
            parameters.put("tenant", tenantId);
        }
        if (subscriptionId != null) {
            where.append(" and subscriptionId = :subscription");
            parameters.put("subscription", subscriptionId);
        }
        return find(where.append(" order by id desc").toString(), parameters)
                .range(0, limit)
                .list();
    }
}
