package io.countinghouse.billing.plan;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PlanRepository implements PanacheRepositoryBase<Plan, UUID> {
    private static final UUID LAST = new UUID(-1L, -1L);

    Uni<Plan> byCode(String code) {
        return find("code", code).firstResult();
    }

    /** Two new versions at once would take the same number: the second waits for the first. */
    Uni<Plan> lockByCode(String code) {
        return find("code", code).withLock(LockModeType.PESSIMISTIC_WRITE).firstResult();
    }

    /** Newest first; all of them when {@code tenantId} is null, else those that are for the tenant. */
    Uni<List<Plan>> page(UUID tenantId, UUID after, int limit) {
        UUID before = after == null ? LAST : after;
        var query = tenantId == null
                ? find("id < ?1 order by id desc", before)
                : find(
                        "from Plan p where p.id < ?1 and (p.audience = 'public' or p.audience = 'tenants' and exists"
                                + " (select 1 from PlanTenant t where t.planId = p.id and t.tenantId = ?2))"
                                + " order by p.id desc",
                        before,
                        tenantId);
        return query.range(0, limit).list();
    }
}
