package io.countinghouse.auth.session;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A person's own sessions: seen, and ended one by one. */
@ApplicationScoped
class SessionService {

    /** Ended sessions are kept this long beyond their expiry, for whoever looks into what happened. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final LoginSessionRepository sessions;
    private final SessionEnding ending;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Caller caller;
    private final Clock clock;
    private final Turns turns;

    SessionService(
            LoginSessionRepository sessions,
            SessionEnding ending,
            TenantTransaction transaction,
            AuditTrail audit,
            Caller caller,
            Clock clock,
            Turns turns) {
        this.sessions = sessions;
        this.ending = ending;
        this.transaction = transaction;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
        this.turns = turns;
    }

    Uni<Page<SessionView>> list(PageRequest page) {
        UUID current = caller.session().orElse(null);
        return transaction
                .asCaller(() -> sessions.live(user(), clock.instant(), page.afterId(), page.limit() + 1))
                .map(rows -> Page.of(rows, page.limit(), row -> row.id().toString())
                        .map(row -> SessionView.of(row, current)));
    }

    Uni<Void> logout() {
        UUID session = caller.session()
                .orElseThrow(() -> ProblemException.forbidden("This operation needs a token of a login session."));
        return end(session, EndReason.LOGOUT, "user.logged_out");
    }

    Uni<Void> revoke(UUID session) {
        return end(session, EndReason.REVOKED, "session.revoked");
    }

    @Scheduled(every = "6h", delayed = "5m")
    Uni<Void> clean() {
        return turns.once("session-cleaning", Duration.ofHours(6), this::forgetOld);
    }

    Uni<Void> forgetOld() {
        return transaction
                .forAllTenants(
                        () -> sessions.deleteExpiredBefore(clock.instant().minus(KEPT)))
                .replaceWithVoid();
    }

    private Uni<Void> end(UUID id, EndReason reason, String action) {
        return transaction.asCaller(() -> sessions.liveForUpdate(user(), id, clock.instant())
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("session", id))
                .chain(session -> ending.end(List.of(session), reason)
                        .chain(() -> audit.record(
                                action, "session", id, session.tenantId(), Map.of("user_id", session.userId())))));
    }

    private UUID user() {
        return UUID.fromString(caller.subject());
    }
}
