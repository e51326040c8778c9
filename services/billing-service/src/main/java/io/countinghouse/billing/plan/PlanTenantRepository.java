package io.countinghouse.billing.plan;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PlanTenantRepository implements PanacheRepositoryBase<PlanTenant, PlanTenant.Key> {
    Uni<Boolean> names(UUID planId, UUID tenantId) {
        return count("planId = ?1 and tenantId = ?2", planId, tenantId).map(count -> count > 0);
    }

    Uni<List<PlanTenant>> of(List<UUID> planIds) {
        return list("planId in ?1 order by planId, tenantId", planIds);
    }

    Uni<Void> replace(UUID planId, List<UUID> tenantIds) {
        Uni<Void> cleared = delete("planId", planId).replaceWithVoid();
        return tenantIds.isEmpty()
                ? cleared
                : cleared.chain(() -> persist(tenantIds.stream()
                                .map(tenant -> PlanTenant.of(planId, tenant))
                                .toList()))
                        .chain(this::flush);
    }

    /** Whether a subscription of the tenant is or was on the plan: it may always read what it pays. */
    Uni<Boolean> isUsed(UUID planId, UUID tenantId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT count(*) FROM subscription_phase p JOIN plan_version v ON v.id = p.plan_version_id"
                                        + " WHERE v.plan_id = :plan AND p.tenant_id = :tenant",
                                Long.class)
                        .setParameter("plan", planId)
                        .setParameter("tenant", tenantId)
                        .getSingleResult())
                .map(count -> count > 0);
    }
}
