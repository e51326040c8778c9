package io.countinghouse.defaults.health;

import io.countinghouse.defaults.database.DatabasePool;
import io.countinghouse.defaults.database.ReadOnlyServerException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the database every second whether it takes writes, and remembers. A probe of this process is then answered at once,
 * also while the database is slow: one slow query on a busy machine is no reason to take a pod out of service, which
 * would only make the others busier, or leave nobody to answer where it is the last one. A database that refuses is away;
 * one that says nothing is slow, and away after ten seconds. One that takes no writes any more is away, too, and the
 * connections to it are ended, so that the next ones are made to where its name leads then.
 */
@ApplicationScoped
class DatabaseProbe {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** For the first answer after the start, which has nothing to remember: within the promised 100 ms. */
    private static final Duration FIRST_LIMIT = Duration.ofMillis(80);

    /**
     * Ends the connections that this login has with the server of this one, the one that asks last. A leased login works as
     * the role of the application, which may not end what the login began.
     */
    private static final String THROW_AWAY = """
            SET ROLE NONE;
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE usename = session_user AND datname = current_database() AND pid <> pg_backend_pid();
            SELECT pg_terminate_backend(pg_backend_pid())""";

    /** @param failure the kind of what went wrong; empty when the database answered */
    record Result(long millis, Optional<String> failure) {

        boolean isUp() {
            return failure.isEmpty();
        }
    }

    private final Pool database;
    private final Vertx vertx;
    private final Duration limit;
    private volatile Result last;
    private volatile boolean asking;
    private volatile long timer = -1;

    @Inject
    DatabaseProbe(Pool database, Vertx vertx) {
        this(database, vertx, LIMIT);
    }

    DatabaseProbe(Pool database, Vertx vertx, Duration limit) {
        this.database = database;
        this.vertx = vertx;
        this.limit = limit;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(1, EVERY.toMillis(), _ -> ask());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** What was found last; asks only when nothing was found yet. */
    Uni<Result> result() {
        Result known = last;
        return known == null ? asked(FIRST_LIMIT) : Uni.createFrom().item(known);
    }

    /** One question at a time: a slow database is not asked faster than it answers. */
    void ask() {
        if (asking) {
            return;
        }
        asking = true;
        asked(limit).subscribe().with(result -> {
            last = result;
            asking = false;
        });
    }

    private Uni<Result> asked(Duration patience) {
        long begun = System.nanoTime();
        return database.withConnection(DatabaseProbe::writable)
                .ifNoItem()
                .after(patience)
                .fail()
                .map(_ -> new Result(since(begun), Optional.empty()))
                .onFailure()
                // The class only: a driver's message can name hosts and users, and probes are read by many.
                .recoverWithItem(failure ->
                        new Result(since(begun), Optional.of(failure.getClass().getSimpleName())));
    }

    private static Uni<Void> writable(SqlConnection connection) {
        return connection
                .query(DatabasePool.WRITABLE)
                .execute()
                .chain(rows -> rows.iterator().next().getBoolean(0)
                        ? Uni.createFrom().voidItem()
                        // Its own end is the answer that it gets.
                        : connection
                                .query(THROW_AWAY)
                                .execute()
                                .onItemOrFailure()
                                .transformToUni((_, _) -> Uni.createFrom().failure(new ReadOnlyServerException())));
    }

    private static long since(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
