package io.countinghouse.usage.trail;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads and appends the trail. */
@ApplicationScoped
class AuditEventRepository implements PanacheRepositoryBase<AuditEvent, UUID> {

    /** Newest first. */
    Uni<List<AuditEvent>> page(Optional<UUID> tenant, Optional<String> action, Optional<UUID> after, int most) {
        StringBuilder where = new StringBuilder("1 = 1");
        Map<String, Object> parameters = new HashMap<>();
        tenant.ifPresent(id -> {
            where.append(" and tenantId = :tenant");
            parameters.put("tenant", id);
        });
        action.ifPresent(name -> {
            where.append(" and action = :action");
            parameters.put("action", name);
        });
        after.ifPresent(id -> {
            where.append(" and id < :after");
            parameters.put("after", id);
        });
        return find(where.append(" order by id desc").toString(), parameters)
                .page(0, most)
                .list();
    }
}
