package io.countinghouse.billing.period;

import io.countinghouse.billing.subscription.Subscriptions;
import io.countinghouse.defaults.problem.Faults;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Closes periods by itself, a while after their end. What fails is left for the next round and holds up no other. Every
 * process takes part: the subscriptions fall into shares, and each share is one process's at a time.
 */
@ApplicationScoped
class DuePeriods {
    private static final Logger LOG = Logger.getLogger(DuePeriods.class);

    /** Far more than there are processes, so that none waits for the slowest share; they cost nothing while nothing is due. */
    static final int SHARES = 32;

    /** Of a share in one turn: some ten seconds of work, well within a turn's lease. The rest is the next turn's. */
    private static final int MOST = 50;

    /** Reasons remembered, so that each is told once. */
    private static final int TOLD = 500;

    private final TenantTransaction transaction;
    private final Subscriptions subscriptions;
    private final PeriodCloser closer;
    private final BillingConfig config;
    private final Clock clock;
    private final Turns turns;
    private final MeterRegistry metrics;
    private final Map<UUID, String> told = new ConcurrentHashMap<>();

    DuePeriods(
            TenantTransaction transaction,
            Subscriptions subscriptions,
            PeriodCloser closer,
            BillingConfig config,
            Clock clock,
            Turns turns,
            MeterRegistry metrics) {
        this.transaction = transaction;
        this.subscriptions = subscriptions;
        this.closer = closer;
        this.config = config;
        this.clock = clock;
        this.turns = turns;
        this.metrics = metrics;
    }

    @Scheduled(every = "${countinghouse.billing.close.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> close() {
        Instant by = clock.instant().minus(config.grace());
        return transaction
                .forAllTenants(() -> subscriptions.sharesDue(by, SHARES))
                .chain(due ->
                        turns.shared("closing", due, Turns.interval(config.every()), share -> closeShare(share, by)));
    }

    /** Answers whether it left some: it does not when none could be billed, which another try at once would not mend. */
    private Uni<Boolean> closeShare(int share, Instant by) {
        return transaction
                .forAllTenants(() -> subscriptions.due(by, share, SHARES, MOST))
                .chain(due -> closeEach(due, by).map(closed -> due.size() == MOST && closed > 0));
    }

    /** Answers how many subscriptions have nothing due any more. */
    private Uni<Long> closeEach(List<UUID> due, Instant by) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(id -> closer.close(id, by)
                        .invoke(closed -> {
                            told.remove(id);
                            metrics.counter("billing.periods.closed").increment(closed.size());
                        })
                        .onFailure()
                        .invoke(e -> tell(id, e))
                        .onFailure()
                        .recoverWithNull())
                .collect()
                .with(Collectors.counting());
    }

    /** Once for each reason: a round every minute would say nothing new, and the metric of overdue periods stays. */
    private void tell(UUID id, Throwable failure) {
        String reason = String.valueOf(failure.getMessage());
        if (told.size() >= TOLD) {
            told.clear();
        }
        if (!reason.equals(told.put(id, reason))) {
            String message = "subscription %s could not be billed, each round tries again";
            if (Faults.isAbsence(failure)) {
                LOG.warnf(message + ": %s", id, Faults.line(failure));
            } else {
                LOG.warnf(Faults.withoutValues(failure), message, id);
            }
        }
    }
}
