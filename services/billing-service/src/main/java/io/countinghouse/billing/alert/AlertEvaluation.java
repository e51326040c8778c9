package io.countinghouse.billing.alert;

import io.countinghouse.billing.profile.ProfileService;
import io.countinghouse.billing.subscription.Subscriptions;
import io.countinghouse.billing.subscription.Timeline;
import io.countinghouse.billing.usage.MeteredSpan;
import io.countinghouse.billing.usage.UsageReader;
import io.countinghouse.defaults.event.DomainEvent;
import io.countinghouse.defaults.event.Outbox;
import io.countinghouse.defaults.problem.Faults;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Compares usage with thresholds, every few seconds, divided among the processes, and when an operator asks. That an alert
 * fires once in a period is the database's promise, so that any number of rounds and processes may run at the same time.
 */
@ApplicationScoped
@Startup
class AlertEvaluation {
    private static final Logger LOG = Logger.getLogger(AlertEvaluation.class);

    /** Alerts read at once; a round goes through all of them. */
    private static final int STEP = 200;

    /** What processes divide among themselves; a round that finds nothing to do takes one turn at each. */
    private static final List<Integer> SHARES = IntStream.range(0, 8).boxed().toList();

    private final TenantTransaction transaction;
    private final AlertRepository alerts;
    private final Subscriptions subscriptions;
    private final ProfileService profiles;
    private final UsageReader usage;
    private final Outbox outbox;
    private final Clock clock;
    private final Turns turns;
    private final String every;
    private final Counter fired;
    private volatile boolean told;

    AlertEvaluation(
            TenantTransaction transaction,
            AlertRepository alerts,
            Subscriptions subscriptions,
            ProfileService profiles,
            UsageReader usage,
            Outbox outbox,
            Clock clock,
            Turns turns,
            @ConfigProperty(name = "countinghouse.billing.alert.every") String every,
            MeterRegistry metrics) {
        this.transaction = transaction;
        this.alerts = alerts;
        this.subscriptions = subscriptions;
        this.profiles = profiles;
        this.usage = usage;
        this.outbox = outbox;
        this.clock = clock;
        this.turns = turns;
        this.every = every;
        this.fired = metrics.counter("billing.alerts");
    }

    @Scheduled(every = "${countinghouse.billing.alert.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everyFewSeconds() {
        AtomicBoolean complete = new AtomicBoolean(true);
        return turns.shared(
                        "alerts",
                        SHARES,
                        Turns.interval(every),
                        share -> evaluateFrom(share, SHARES.size(), null, new ArrayList<>(), complete)
                                .replaceWith(false))
                .invoke(() -> told = !complete.get());
    }

    /** All alerts at once, by this process; answers those that fired in this round. */
    Uni<List<AlertTriggered>> evaluate() {
        return Uni.createFrom().deferred(() -> {
            AtomicBoolean complete = new AtomicBoolean(true);
            return evaluateFrom(0, 1, null, new ArrayList<>(), complete).invoke(() -> told = !complete.get());
        });
    }

    /** What is away is away for all of them, in each round: said once, until a round finds everything there. */
    private void tell(UsageAlert alert, Throwable failure, AtomicBoolean complete) {
        if (!Faults.isAbsence(failure)) {
            LOG.warnf("alert %s was not evaluated: %s", alert.id(), Faults.line(failure));
            return;
        }
        complete.set(false);
        if (!told) {
            LOG.warnf("alerts cannot be evaluated just now: %s", Faults.line(failure));
            told = true;
        }
    }

    private Uni<List<AlertTriggered>> evaluateFrom(
            int share, int shares, UUID after, List<AlertTriggered> all, AtomicBoolean complete) {
        return transaction
                .forAllTenants(() -> alerts.active(share, shares, after, STEP))
                .chain(step -> {
                    // Not a chain of as many links as alerts: when each fails at once, they would call each other
                    // without an
                    // end.
                    Uni<Void> each = Multi.createFrom()
                            .iterable(step)
                            .onItem()
                            .transformToUniAndConcatenate(alert -> evaluate(alert, all)
                                    .onFailure()
                                    .invoke(failure -> tell(alert, failure, complete))
                                    .onFailure()
                                    .recoverWithNull())
                            .onItem()
                            .ignoreAsUni();
                    return each.chain(() -> step.size() < STEP
                            ? Uni.createFrom().item(all)
                            : evaluateFrom(share, shares, step.getLast().id(), all, complete));
                });
    }

    private Uni<Void> evaluate(UsageAlert alert, List<AlertTriggered> all) {
        return transaction
                .forTenant(alert.tenantId(), () -> unfiredPeriods(alert))
                .chain(periods -> {
                    Uni<Void> each = Uni.createFrom().voidItem();
                    for (Timeline.Period period : periods) {
                        each = each.chain(() -> evaluate(alert, period))
                                .invoke(triggered -> {
                                    if (triggered != null) {
                                        all.add(triggered);
                                    }
                                })
                                .replaceWithVoid();
                    }
                    return each;
                });
    }

    private Uni<AlertTriggered> evaluate(UsageAlert alert, Timeline.Period period) {
        return usage.total(alert.meter(), new MeteredSpan(alert.tenantId(), period.start(), period.end(), null))
                .chain(value -> alert.isPassedBy(value)
                        ? fire(alert, period, value)
                        : Uni.createFrom().nullItem());
    }

    /**
     * The periods to watch, without those in which the alert has fired: their usage need not be read. A period that has
     * ended is watched until it is billed, because what passed the threshold in its last seconds arrives afterwards.
     */
    private Uni<List<Timeline.Period>> unfiredPeriods(UsageAlert alert) {
        return subscriptions.watched(alert.tenantId()).chain(subscription -> {
            Uni<List<Timeline.Period>> unfired = Uni.createFrom().item(new ArrayList<>());
            if (subscription == null) {
                return unfired;
            }
            for (Timeline.Period period : subscription.unbilledPeriods(clock.instant())) {
                if (alert.watches(period.end())) {
                    unfired = unfired.call(list -> alerts.hasFired(alert.id(), period.start())
                            .invoke(already -> {
                                if (!already) {
                                    list.add(period);
                                }
                            }));
                }
            }
            return unfired;
        });
    }

    private Uni<AlertTriggered> fire(UsageAlert read, Timeline.Period period, BigDecimal value) {
        Instant now = clock.instant();
        return transaction
                .forTenant(
                        read.tenantId(),
                        () -> alerts.findById(read.id())
                                .chain(alert -> alert.isDeleted()
                                        ? Uni.createFrom().<AlertTriggered>nullItem()
                                        : alerts.fire(alert, period.start(), value, now)
                                                .chain(first -> first
                                                        ? announce(alert, period, value, now)
                                                        : Uni.createFrom().nullItem())))
                .invoke(triggered -> {
                    if (triggered != null) {
                        fired.increment();
                    }
                });
    }

    private Uni<AlertTriggered> announce(UsageAlert alert, Timeline.Period period, BigDecimal value, Instant now) {
        alert.firedAt(now);
        return profiles.email(alert.tenantId())
                .map(email -> new AlertTriggered(
                        alert.id(),
                        alert.name(),
                        alert.meter(),
                        alert.threshold().stripTrailingZeros().toPlainString(),
                        value.stripTrailingZeros().toPlainString(),
                        period.start(),
                        email))
                .call(triggered -> outbox.publish(new DomainEvent(
                        AlertTriggered.TYPE, alert.tenantId(), alert.id().toString(), triggered)))
                .call(alerts::flush);
    }
}
