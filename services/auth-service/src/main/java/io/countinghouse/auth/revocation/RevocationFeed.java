package io.countinghouse.auth.revocation;

import io.countinghouse.auth.key.AccessTokens;
import io.countinghouse.defaults.security.Revocations;
import io.countinghouse.defaults.security.Revocations.Revocation;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Appends to the feed within the transaction that ends a session or a subject, and reads it. */
@ApplicationScoped
public class RevocationFeed {

    /** Clocks of two machines may differ: an entry outlives the last token it concerns by this much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final TenantTransaction transaction;
    private final Revocations ownCopy;
    private final RevocationNews news;
    private final Clock clock;
    private final Turns turns;

    RevocationFeed(TenantTransaction transaction, Revocations ownCopy, RevocationNews news, Clock clock, Turns turns) {
        this.transaction = transaction;
        this.ownCopy = ownCopy;
        this.news = news;
        this.clock = clock;
        this.turns = turns;
    }

    public Uni<Void> revokeSession(UUID session) {
        return append(session, null);
    }

    /** All tokens of the subject issued up to now. */
    public Uni<Void> revokeSubject(UUID subject) {
        return append(null, subject.toString());
    }

    /** What follows the number; when nothing does, waits for something, at most for as long as given. */
    Uni<List<Revocation>> after(long sequence, int limit, Duration wait) {
        return after(sequence, limit)
                .chain(revoked -> !revoked.isEmpty() || wait.isZero()
                        ? Uni.createFrom().item(revoked)
                        : news.after(sequence, wait)
                                .chain(isThere -> isThere
                                        ? after(sequence, limit)
                                        : Uni.createFrom().item(revoked)));
    }

    private Uni<List<Revocation>> after(long sequence, int limit) {
        return transaction.forAllTenants(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        select sequence, session_id, subject, revoked_at, expires_at from revocation
                        where sequence > :after and expires_at > :now order by sequence limit :limit""", Object[].class)
                        .setParameter("after", sequence)
                        .setParameter("now", clock.instant())
                        .setParameter("limit", limit)
                        .getResultList()
                        .map(rows -> rows.stream().map(RevocationFeed::read).toList())));
    }

    private Uni<Void> append(UUID session, String subject) {
        Instant now = clock.instant();
        Instant expires = now.plus(AccessTokens.LIFETIME).plus(CLOCK_SKEW);
        // The lock makes the order of sequence numbers the order of commits. Without it a poller could see number 8,
        // ask for what follows 8, and never see a 7 that was committed later.
        return Panache.getSession()
                .chain(database -> database.createNativeQuery("""
                                with locked as materialized (select pg_advisory_xact_lock(hashtext('revocation'))::text)
                                insert into revocation (session_id, subject, revoked_at, expires_at)
                                select cast(:session as uuid), cast(:subject as text), :revoked, :expires from locked""")
                        .setParameter("session", session == null ? null : session.toString())
                        .setParameter("subject", subject)
                        .setParameter("revoked", now)
                        .setParameter("expires", expires)
                        .executeUpdate())
                .invoke(() -> ownCopy.add(new Revocation(0, session, subject, now, expires)))
                .invoke(() -> transaction.afterCommit(news::look))
                .replaceWithVoid();
    }

    private static Revocation read(Object[] row) {
        return new Revocation(
                ((Number) row[0]).longValue(), (UUID) row[1], (String) row[2], instant(row[3]), instant(row[4]));
    }

    private static Instant instant(Object value) {
        return ((OffsetDateTime) value).toInstant();
    }

    /**
     * Hourly is often enough: an entry that stays too long costs a row, nothing else. One that goes too early lets somebody
     * in again, so a clock that is ahead is not believed.
     */
    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> clean() {
        return turns.once("revocation-cleaning", Duration.ofHours(1), this::forgetExpired);
    }

    Uni<Void> forgetExpired() {
        return transaction.forAllTenants(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "delete from revocation where expires_at < least(:now, now())")
                        .setParameter("now", clock.instant())
                        .executeUpdate())
                .replaceWithVoid());
    }
}
