package io.countinghouse.auth.session;

import io.countinghouse.auth.revocation.RevocationFeed;
import io.countinghouse.auth.user.UserSessions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Ends sessions: their refresh tokens are refused from then on, and their access tokens by all seven services within a
 * second. Always within the transaction of what demands it.
 */
@ApplicationScoped
class SessionEnding implements UserSessions {

    private final LoginSessionRepository sessions;
    private final RevocationFeed revocations;
    private final SessionMetrics metrics;
    private final Clock clock;

    SessionEnding(LoginSessionRepository sessions, RevocationFeed revocations, SessionMetrics metrics, Clock clock) {
        this.sessions = sessions;
        this.revocations = revocations;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** By session and not by subject: a login in the same second as the change must not be caught by it. */
    @Override
    public Uni<Void> endAll(UUID user, UUID exceptOrNull, Reason reason) {
        return sessions.liveForUpdate(user, clock.instant())
                .map(live -> live.stream()
                        .filter(session -> !session.id().equals(exceptOrNull))
                        .toList())
                .chain(ending -> end(ending, EndReason.valueOf(reason.name())));
    }

    Uni<Void> end(List<LoginSession> ending, EndReason reason) {
        Instant now = clock.instant();
        return Multi.createFrom()
                .iterable(ending)
                .onItem()
                .transformToUniAndConcatenate(session -> {
                    session.endAt(now, reason);
                    return revocations.revokeSession(session.id());
                })
                .collect()
                .asList()
                .invoke(() -> metrics.ended(reason, ending.size()))
                .replaceWithVoid();
    }
}
