package io.countinghouse.auditlog.entry;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** Row-level security narrows every query here once more to the tenant of the transaction. */
@ApplicationScoped
class AuditLogRepository implements PanacheRepositoryBase<AuditLog, UUID> {

    /** Newest first, from before {@code before} on. */
    Uni<List<AuditLog>> list(Map<String, Object> conditions, OptionalLong before, int limit) {
        var query = new StringBuilder("from AuditLog where leafIndex < :before");
        var parameters = new HashMap<String, Object>();
        parameters.put("before", before.orElse(Long.MAX_VALUE));
        conditions.forEach((condition, value) -> {
            String name = "p" + parameters.size();
            query.append(" and ").append(condition).append(" :").append(name);
            parameters.put(name, value);
        });
        return find(query.append(" order by leafIndex desc").toString(), parameters)
                .range(0, limit - 1)
                .list();
    }
}
