package io.countinghouse.notification.template;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class TemplateRepository implements PanacheRepositoryBase<NotificationTemplate, UUID> {

    private static final UUID FIRST = new UUID(0, 0);

    Uni<NotificationTemplate> findByName(String name) {
        return find("name = ?1 and deletedAt is null", name).firstResult();
    }

    Uni<Boolean> isNameTaken(String name) {
        return count("name", name).map(count -> count > 0);
    }

    Uni<NotificationTemplate> findExisting(UUID id) {
        return find("id = ?1 and deletedAt is null", id).firstResult();
    }

    /** Two changes at once get two versions. */
    Uni<NotificationTemplate> findForChange(UUID id) {
        return find("id = ?1 and deletedAt is null", id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** Oldest first. */
    Uni<List<NotificationTemplate>> listAfter(Optional<UUID> after, int limit) {
        return find("id > ?1 and deletedAt is null order by id", after.orElse(FIRST))
                .range(0, limit - 1)
                .list();
    }
}
