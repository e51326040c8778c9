package io.countinghouse.billing.period;

import io.countinghouse.billing.subscription.Subscriptions;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/**
 * What is not billed and should be: {@code billing_charges_blocked}, prices that were left out of a bill, and
 * {@code billing_periods_overdue}, subscriptions with a period that could not be closed for an hour.
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
    private volatile long blocked;
    private volatile long overdue;

    BillingMonitor(
            TenantTransaction transaction,
            BlockedChargeRepository charges,
            Subscriptions subscriptions,
            BillingConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.transaction = transaction;
        this.charges = charges;
        this.subscriptions = subscriptions;
        this.config = config;
        this.clock = clock;
        Gauge.builder("billing.charges.blocked", () -> blocked).register(metrics);
        Gauge.builder("billing.periods.overdue", () -> overdue).register(metrics);
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return transaction
                .forAllTenants(() -> charges.countBlocked()
                        .invoke(found -> blocked = found)
                        .chain(() -> subscriptions.countDue(
                                clock.instant().minus(config.grace()).minus(LATE))))
                .invoke(found -> overdue = found)
                .replaceWithVoid();
    }
}
