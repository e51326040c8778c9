package io.countinghouse.billing.period;

import io.countinghouse.billing.subscription.Subscriptions;
import io.countinghouse.defaults.problem.Faults;
import io.countinghouse.defaults.tenancy.TenantTransaction;
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
import org.jboss.logging.Logger;

/** Closes periods by itself, a while after their end. What fails is left for the next round and holds up no other. */
@ApplicationScoped
class DuePeriods {
    private static final Logger LOG = Logger.getLogger(DuePeriods.class);

    /** A round of this many takes about a minute; the rest follows in the next. */
    private static final int ROUND = 500;

    private final TenantTransaction transaction;
    private final Subscriptions subscriptions;
    private final PeriodCloser closer;
    private final BillingConfig config;
    private final Clock clock;
    private final Map<UUID, String> told = new ConcurrentHashMap<>();

    DuePeriods(
            TenantTransaction transaction,
            Subscriptions subscriptions,
            PeriodCloser closer,
            BillingConfig config,
            Clock clock) {
        this.transaction = transaction;
        this.subscriptions = subscriptions;
        this.closer = closer;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "${countinghouse.billing.close.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> close() {
        Instant by = clock.instant().minus(config.grace());
        return transaction.forAllTenants(() -> subscriptions.due(by, ROUND)).chain(due -> closeEach(due, by));
    }

    private Uni<Void> closeEach(List<UUID> due, Instant by) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(id -> closer.close(id, by)
                        .invoke(() -> told.remove(id))
                        .onFailure()
                        .invoke(e -> tell(id, e))
                        .onFailure()
                        .recoverWithNull())
                .onItem()
                .ignoreAsUni();
    }

    /** Once for each reason: a round every minute would say nothing new, and the metric of overdue periods stays. */
    private void tell(UUID id, Throwable failure) {
        String reason = String.valueOf(failure.getMessage());
        if (told.size() >= ROUND) {
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
