package io.countinghouse.billing.plan;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PlanVersionRepository implements PanacheRepositoryBase<PlanVersion, UUID> {

    Uni<PlanVersion> of(Plan plan, int version) {
        return find("planId = ?1 and version = ?2", plan.id(), version).firstResult();
    }

    /** The newest version of each plan. */
    Uni<List<PlanVersion>> latestOf(List<UUID> planIds) {
        return list("planId in ?1 and version = (select p.latestVersion from Plan p where p.id = planId)", planIds);
    }
}
