package io.countinghouse.auth.revocation;

import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.WorkLoop;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets callers wait for the next revocation, whichever process makes it. While somebody waits the newest number is looked
 * up in the database five times a second, once for all of them; a commit of this process is looked up at once.
 */
@ApplicationScoped
class RevocationNews {

    private static final Duration EVERY = Duration.ofMillis(200);

    private final TenantTransaction transaction;
    private final Clock clock;
    private final WorkLoop loop;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    RevocationNews(TenantTransaction transaction, Clock clock, Vertx vertx) {
        this.transaction = transaction;
        this.clock = clock;
        this.loop = new WorkLoop(vertx, "the feed of revocations", EVERY, Duration.ZERO, _ -> tellWhoWaits());
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    /** Something may have been revoked. */
    void look() {
        loop.wake();
    }

    /** Whether something follows the number before the time is over; answers on the caller's Vert.x context. */
    Uni<Boolean> after(long sequence, Duration wait) {
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> {
                    Waiting caller = new Waiting(sequence, emitter);
                    waiting.add(caller);
                    emitter.onTermination(() -> waiting.remove(caller));
                })
                .ifNoItem()
                .after(wait)
                .recoverWithItem(false)
                .emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }

    private Uni<Optional<Duration>> tellWhoWaits() {
        return waiting.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : transaction.forAllTenants(this::newest).map(newest -> {
                    for (Waiting caller : waiting) {
                        if (caller.sequence() < newest) {
                            waiting.remove(caller);
                            caller.emitter().complete(true);
                        }
                    }
                    return Optional.empty();
                });
    }

    private Uni<Long> newest() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select coalesce(max(sequence), 0) from revocation where expires_at > :now", Long.class)
                        .setParameter("now", clock.instant())
                        .getSingleResult());
    }

    /** Not a record: each caller is another, though the numbers are the same. */
    private static final class Waiting {
        private final long sequence;
        private final UniEmitter<? super Boolean> emitter;

        Waiting(long sequence, UniEmitter<? super Boolean> emitter) {
            this.sequence = sequence;
            this.emitter = emitter;
        }

        long sequence() {
            return sequence;
        }

        UniEmitter<? super Boolean> emitter() {
            return emitter;
        }
    }
}
