package io.countinghouse.auth.session;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class LoginSessionRepository implements PanacheRepositoryBase<LoginSession, UUID> {

    private static final String LIVE = "userId = ?1 and endedAt is null and expiresAt > ?2";

    Uni<List<LoginSession>> live(UUID user, Instant now, Optional<UUID> after, int limit) {
        return after.isPresent()
                ? find(LIVE + " and id < ?3 order by id desc", user, now, after.get())
                        .page(0, limit)
                        .list()
                : find(LIVE + " order by id desc", user, now).page(0, limit).list();
    }

    /** Locked, so that whoever ends them first is the one who reports it. */
    Uni<List<LoginSession>> liveForUpdate(UUID user, Instant now) {
        return find(LIVE + " order by id", user, now)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    Uni<LoginSession> liveForUpdate(UUID user, UUID id, Instant now) {
        return find(LIVE + " and id = ?3", user, now, id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    /** Sessions over for longer than anybody asks about them; their refresh tokens go with them. */
    Uni<Integer> deleteExpiredBefore(Instant instant) {
        return delete("expiresAt < ?1", instant).map(Long::intValue);
    }
}
