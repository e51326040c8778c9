package io.countinghouse.billing.plan;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class PlanRepository implements PanacheRepositoryBase<Plan, UUID> {

    Uni<Plan> byCode(String code) {
        return find("code", code).firstResult();
    }

    /** Two new versions at once would take the same number: the second waits for the first. */
    Uni<Plan> lockByCode(String code) {
        return find("code", code).withLock(LockModeType.PESSIMISTIC_WRITE).firstResult();
    }

    Uni<List<Plan>> page(Optional<UUID> after, int limit) {
        return after.map(id -> find("id < ?1 order by id desc", id))
                .orElseGet(() -> find("order by id desc"))
                .range(0, limit)
                .list();
    }
}
