package io.countinghouse.billing.period;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class BlockedChargeRepository implements PanacheRepositoryBase<BlockedCharge, UUID> {
    private static final UUID LAST = new UUID(-1L, -1L);

    Uni<List<BlockedCharge>> blockedOf(UUID periodId) {
        return list("periodId = ?1 and state = ?2 order by position", periodId, BlockedCharge.BLOCKED);
    }

    /** Two supplements of a period at once: the second waits here, and then finds nothing blocked. */
    Uni<List<BlockedCharge>> lockBlockedOf(UUID periodId) {
        return find("periodId = ?1 and state = ?2 order by position", periodId, BlockedCharge.BLOCKED)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    Uni<BlockedCharge> lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    Uni<Long> countBlocked() {
        return count("state", BlockedCharge.BLOCKED);
    }

    /** Newest first; null filters nothing. */
    Uni<List<BlockedCharge>> page(UUID tenantId, String state, UUID after, int limit) {
        StringBuilder where = new StringBuilder("id < :after");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("after", after == null ? LAST : after);
        if (tenantId != null) {
            where.append(" and tenantId = :tenant");
            parameters.put("tenant", tenantId);
        }
        if (state != null) {
            where.append(" and state = :state");
            parameters.put("state", state);
        }
        return find(where.append(" order by id desc").toString(), parameters)
                .range(0, limit)
                .list();
    }
}
