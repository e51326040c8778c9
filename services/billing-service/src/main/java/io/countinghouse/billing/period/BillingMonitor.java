package io.countinghouse.billing.period;

import io.countinghouse.billing.subscription.Subscriptions;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What is not billed and should be: {@code billing_charges_blocked}, prices that were left out of a bill;
 * {@code billing_periods_overdue}, subscriptions with a period that could not be closed for an hour; and
 * {@code billing_oldest_due_period_seconds}, for how long the longest of those that may be closed has waited for it.
 */
@ApplicationScoped
class BillingMonitor {
    /** Beyond a restart of usage-service, and long before anybody misses an invoice. */
    private static final Duration LATE = Duration.ofHours(1);

    private final TenantTransaction transaction;
    private final BlockedChargeRepository charges;
    private final Subscriptions subscriptions;
    private final BillingConfig config;
    private final Clock clock;
    private final Turns turns;
    private volatile long blocked;
    private volatile long overdue;
    private volatile double oldestDueSeconds;

    BillingMonitor(
            TenantTransaction transaction,
            BlockedChargeRepository charges,
            Subscriptions subscriptions,
            BillingConfig config,
            Clock clock,
            Turns turns,
            MeterRegistry metrics) {
        this.transaction = transaction;
        this.charges = charges;
        this.subscriptions = subscriptions;
        this.config = config;
        this.clock = clock;
        this.turns = turns;
        Gauge.builder("billing.charges.blocked", () -> blocked).register(metrics);
        Gauge.builder("billing.periods.overdue", () -> overdue).register(metrics);
        Gauge.builder("billing.oldest.due.period.seconds", () -> oldestDueSeconds)
                .register(metrics);
    }

    // Also a measure to add processes by: the time between two scrapes. It reads two small indexes.
    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everyFewSeconds() {
        return turns.measured("billing-monitor", Duration.ofSeconds(15), _ -> found())
                .invoke(this::publish)
                .replaceWithVoid();
    }

    Uni<Void> measure() {
        return found().invoke(this::publish).replaceWithVoid();
    }

    private Uni<JsonObject> found() {
        Instant by = clock.instant().minus(config.grace());
        JsonObject found = new JsonObject();
        return transaction
                .forAllTenants(() -> charges.countBlocked()
                        .invoke(count -> found.put("blocked", count))
                        .chain(() -> subscriptions.countDue(by.minus(LATE)))
                        .invoke(count -> found.put("overdue", count))
                        .chain(() -> subscriptions.longestDueSeconds(by))
                        .invoke(seconds -> found.put("oldest_due_seconds", seconds)))
                .replaceWith(found);
    }

    private void publish(JsonObject found) {
        if (found != null) {
            blocked = found.getLong("blocked");
            overdue = found.getLong("overdue");
            oldestDueSeconds = found.getDouble("oldest_due_seconds");
        }
    }
}
