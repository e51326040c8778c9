package io.countinghouse.ai.generation;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

@ApplicationScoped
class ModelingOutputRepository implements PanacheRepositoryBase<ModelingOutput, UUID> {

    Uni<Map<UUID, ModelingOutput>> byId(List<UUID> ids) {
        return list("id in ?1", ids)
                .map(outputs -> outputs.stream().collect(Collectors.toMap(ModelingOutput::id, Function.identity())));
    }
}
