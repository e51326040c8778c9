package io.countinghouse.billing.plan;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PlanPriceRepository implements PanacheRepositoryBase<PlanPrice, UUID> {

    Uni<List<PlanPrice>> of(List<UUID> planVersionIds) {
        return list("planVersionId in ?1 order by planVersionId, position", planVersionIds);
    }
}
