package io.countinghouse.notification.webhook;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Row-level security narrows every query here to the tenant of the transaction. */
@ApplicationScoped
class WebhookEndpointRepository implements PanacheRepositoryBase<WebhookEndpoint, UUID> {

    private static final UUID FIRST = new UUID(0, 0);

    Uni<WebhookEndpoint> findForChange(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    Uni<List<WebhookEndpoint>> listOf(UUID tenant) {
        return list("tenantId = ?1 order by id", tenant);
    }

    /** Oldest first. */
    Uni<List<WebhookEndpoint>> listAfter(Optional<UUID> tenant, Optional<UUID> after, int limit) {
        UUID from = after.orElse(FIRST);
        return tenant.map(one -> find("tenantId = ?1 and id > ?2 order by id", one, from))
                .orElseGet(() -> find("id > ?1 order by id", from))
                .range(0, limit - 1)
                .list();
    }
}
