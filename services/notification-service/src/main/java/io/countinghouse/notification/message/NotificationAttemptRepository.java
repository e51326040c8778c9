package io.countinghouse.notification.message;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class NotificationAttemptRepository implements PanacheRepositoryBase<NotificationAttempt, UUID> {

    Uni<List<NotificationAttempt>> listOf(UUID notification) {
        return list("notificationId = ?1 order by number", notification);
    }
}
