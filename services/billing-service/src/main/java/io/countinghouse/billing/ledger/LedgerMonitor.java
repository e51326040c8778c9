package io.countinghouse.billing.ledger;

import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * {@code billing_ledger_imbalances}: what must be equal and is not. Of each period billed lately its lines, the ledger's
 * charges and the ledger's closing say the same net; and the ledger of a tenant is numbered without a gap. The code and the
 * constraints keep it so; this finds what went past both. Older periods are looked at by the drill of a backup.
 */
@ApplicationScoped
class LedgerMonitor {

    /** A period of the longest month and some days, so that each is looked at until the next one is billed. */
    private static final Duration LATELY = Duration.of(35, ChronoUnit.DAYS);

    private final TenantTransaction transaction;
    private final Clock clock;
    private final Turns turns;
    private volatile long imbalances;

    LedgerMonitor(TenantTransaction transaction, Clock clock, Turns turns, MeterRegistry metrics) {
        this.transaction = transaction;
        this.clock = clock;
        this.turns = turns;
        Gauge.builder("billing.ledger.imbalances", () -> imbalances).register(metrics);
    }

    // Whoever is told within a minute can stop the next run of invoices; the query reads a month of periods.
    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everyMinute() {
        return turns.measured("ledger-monitor", Duration.ofMinutes(1), _ -> found())
                .invoke(this::publish)
                .replaceWithVoid();
    }

    Uni<Void> measure() {
        return found().invoke(this::publish).replaceWithVoid();
    }

    private void publish(JsonObject found) {
        if (found != null) {
            imbalances = found.getLong("imbalances");
        }
    }

    private Uni<JsonObject> found() {
        return transaction
                .forAllTenants(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery("""
                                        select (select count(*) from billing_period p, lateral (
                                                    select coalesce(sum(amount), 0) as lines from billing_line
                                                    where period_id = p.id) l, lateral (
                                                    select coalesce(sum(amount) filter (where type = 'period_charge'), 0) as charged,
                                                           sum(amount) filter (where type = 'period_closed') as closed
                                                    from billing_event where period_id = p.id) e
                                                where p.closed_at >= :since
                                                    and (lines, charged, closed) is distinct from (net, net, net))
                                             + (select count(*)
                                                from (select tenant_id, count(*) as entries from billing_event group by 1) e
                                                full join billing_event_sequence s using (tenant_id)
                                                where entries is distinct from last)
                                        """, Long.class)
                                .setParameter("since", clock.instant().minus(LATELY))
                                .getSingleResult()))
                .map(found -> new JsonObject().put("imbalances", found));
    }
}
