package io.countinghouse.defaults.work;

import io.countinghouse.defaults.problem.Faults;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Does one kind of work again and again, one round at a time: when it is told that there is some, when the last round
 * said so, and every so often in case nobody told. What it is told during a round leads to one more round after it, so
 * nothing that was there before the telling is overlooked. All that it remembers is read and written on one event loop.
 */
public final class WorkLoop {

    private static final Logger LOG = Logger.getLogger(WorkLoop.class);

    private final Vertx vertx;
    private final String name;
    private final Duration every;
    private final long apartNanos;
    private final Function<Context, Uni<Optional<Duration>>> round;

    private volatile Context home;
    private long periodic;
    private long due = -1;
    private boolean asked;
    private boolean running;
    private boolean working = true;
    private long notBefore;

    /**
     * @param name what is worked on, for the log
     * @param every the longest pause
     * @param apart from one round's begin to the next one's, at least, unless a round asks for the next at once
     * @param round works on a Vert.x context of its own (with a database session of its own), which it is given, and
     *     answers when it wants to be called again: at once (zero), after a while, or when there is a reason (empty)
     */
    public WorkLoop(
            Vertx vertx,
            String name,
            Duration every,
            Duration apart,
            Function<Context, Uni<Optional<Duration>>> round) {
        this.vertx = vertx;
        this.name = name;
        this.every = every;
        this.apartNanos = apart.toNanos();
        this.round = round;
    }

    public void start() {
        notBefore = System.nanoTime();
        Context own = vertx.getOrCreateContext();
        periodic = vertx.setPeriodic(every.toMillis(), _ -> wake());
        home = own;
    }

    /** A round that is under way comes to its end. */
    public void stop() {
        home = null;
        vertx.cancelTimer(periodic);
    }

    /** There is work; never waits, and may be called from any thread. Before the start and after the end, for nothing. */
    public void wake() {
        onHome(() -> {
            asked = true;
            next();
        });
    }

    private void onHome(Runnable what) {
        Context own = home;
        if (own != null) {
            own.runOnContext(_ -> what.run());
        }
    }

    private void next() {
        if (running || !asked || due >= 0) {
            return;
        }
        long wait = notBefore - System.nanoTime();
        if (wait > 0) {
            due = vertx.setTimer(
                    Math.max(1, wait / 1_000_000),
                    _ -> onHome(() -> {
                        due = -1;
                        next();
                    }));
            return;
        }
        asked = false;
        running = true;
        notBefore = System.nanoTime() + apartNanos;
        Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        // Nothing else runs on this context, which is what Panache asks to be told.
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.runOnContext(_ -> Uni.createFrom()
                .deferred(() -> round.apply(own))
                .subscribe()
                .with(again -> onHome(() -> finished(again)), failure -> onHome(() -> failed(failure))));
    }

    private void finished(Optional<Duration> again) {
        working = true;
        running = false;
        again.ifPresent(wait -> {
            if (wait.isZero()) {
                asked = true;
                notBefore = System.nanoTime();
            } else {
                vertx.setTimer(Math.max(1, wait.toMillis()), _ -> wake());
            }
        });
        next();
    }

    /** The database is away or starting. Said once, not at every round; the next one comes at the longest pause. */
    private void failed(Throwable failure) {
        if (working && Faults.isAbsence(failure)) {
            LOG.warnf("%s cannot be worked on just now: %s", name, Faults.line(failure));
        } else if (working) {
            LOG.errorf(Faults.withoutValues(failure), "%s cannot be worked on just now", name);
        }
        working = false;
        running = false;
        next();
    }
}
