package io.countinghouse.ai.generation;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.WorkLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * What was answered and paid for when the database was away: given to its caller, kept here, and recorded as soon as the
 * database takes it. A process that dies meanwhile loses it; the log then has what was to be billed. While more wait than
 * a moment explains, no more is asked.
 */
@ApplicationScoped
class UnrecordedGenerations {

    private static final Logger LOG = Logger.getLogger(UnrecordedGenerations.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** A moment's requests; each may hold megabytes, and each is lost if the process dies now. */
    static final int MOST = 20;

    private static final String ALREADY_THERE = "23505";

    /** Data that the database cannot hold, rules it keeps, sizes it does not reach: no later try helps. */
    private static final List<String> REFUSED = List.of("22", "23", "54");

    private final GenerationRecords records;
    private final TenantTransaction transaction;
    private final WorkLoop loop;
    private final Queue<Generation> waiting = new ConcurrentLinkedQueue<>();

    UnrecordedGenerations(
            GenerationRecords records, TenantTransaction transaction, Vertx vertx, MeterRegistry metrics) {
        this.records = records;
        this.transaction = transaction;
        this.loop = new WorkLoop(vertx, "generations that wait to be recorded", RETRY, Duration.ZERO, _ -> next());
        Gauge.builder("ai.generations.unrecorded", waiting, Queue::size).register(metrics);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
        waiting.forEach(lost -> LOG.errorf("lost, and to be billed by hand: %s", billed(lost)));
    }

    void refuseMore() {
        if (waiting.size() >= MOST) {
            throw ProblemException.unavailable(
                    "generations-unrecorded",
                    "The database takes no records, so nothing that costs money is asked until it does.",
                    RETRY);
        }
    }

    void add(Generation generation, Throwable failure) {
        LOG.warnf("answered, and not recorded yet (%s): %s", failure.getClass().getSimpleName(), billed(generation));
        waiting.add(generation);
        loop.wake();
    }

    private Uni<Optional<Duration>> next() {
        Generation generation = waiting.peek();
        if (generation == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return record(generation).map(done -> {
            waiting.remove(generation);
            return waiting.isEmpty() ? Optional.empty() : Optional.of(Duration.ZERO);
        });
    }

    private Uni<GenerationView> record(Generation generation) {
        return transaction
                .forTenant(generation.question().tenantId(), () -> records.record(generation))
                .onFailure(failure -> stateOf(failure).equals(ALREADY_THERE))
                .recoverWithNull()
                .onFailure(failure -> !generation.isBare() && REFUSED.stream().anyMatch(stateOf(failure)::startsWith))
                .recoverWithUni(() -> record(generation.bare()));
    }

    private static String stateOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = cause instanceof PgException database
                    ? database.getSqlState()
                    : cause instanceof SQLException wrapped ? wrapped.getSQLState() : null;
            if (state != null) {
                return state;
            }
        }
        return "";
    }

    private static String billed(Generation generation) {
        return "generation %s of tenant %s, %d input and %d output tokens"
                .formatted(
                        generation.id(),
                        generation.question().tenantId(),
                        generation.reply().inputTokens(),
                        generation.reply().outputTokens());
    }
}
