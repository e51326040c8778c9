package io.countinghouse.ai.generation;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class ModelingInputRepository implements PanacheRepositoryBase<ModelingInput, UUID> {

    /** Of one tenant, or wherever it is when none is named. */
    Uni<ModelingInput> findIn(Optional<UUID> tenant, UUID id) {
        return tenant.isPresent()
                ? find("id = ?1 and tenantId = ?2", id, tenant.get()).firstResult()
                : findById(id);
    }

    Uni<List<ModelingInput>> newest(UUID tenant, Optional<String> operation, Optional<UUID> after, int limit) {
        Map<String, Object> parameters = new HashMap<>(Map.of("tenant", tenant));
        operation.ifPresent(value -> parameters.put("operation", value));
        after.ifPresent(value -> parameters.put("after", value));
        String query = "tenantId = :tenant"
                + operation.map(_ -> " and operation = :operation").orElse("")
                + after.map(_ -> " and id < :after").orElse("")
                + " order by id desc";
        return find(query, parameters).page(0, limit).list();
    }
}
