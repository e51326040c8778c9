package io.countinghouse.billing.period;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class BillingLineRepository implements PanacheRepositoryBase<BillingLine, BillingLine.Key> {

    Uni<List<BillingLine>> of(List<UUID> periodIds) {
        return list("periodId in ?1 order by periodId, position", periodIds);
    }
}
