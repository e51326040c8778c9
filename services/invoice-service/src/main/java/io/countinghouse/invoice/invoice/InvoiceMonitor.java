package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.Duration;

/**
 * {@code invoice_oldest_draft_seconds}: how long an invoice has been without a number, 0 when none is; and
 * {@code invoice_number_gaps}: series whose documents are not as many as their last number says.
 */
@ApplicationScoped
class InvoiceMonitor {

    private final TenantTransaction transaction;
    private final Clock clock;
    private final Turns turns;
    private volatile double oldestDraftSeconds;
    private volatile long gaps;

    InvoiceMonitor(TenantTransaction transaction, Clock clock, Turns turns, MeterRegistry metrics) {
        this.transaction = transaction;
        this.clock = clock;
        this.turns = turns;
        Gauge.builder("invoice.oldest.draft.seconds", () -> oldestDraftSeconds).register(metrics);
        Gauge.builder("invoice.number.gaps", () -> gaps).register(metrics);
    }

    // Drafts wait for hours and gaps for ever: a minute is soon enough.
    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everyMinute() {
        return turns.measured("invoice-monitor", Duration.ofMinutes(1), _ -> found())
                .invoke(this::publish)
                .replaceWithVoid();
    }

    Uni<Void> measure() {
        return found().invoke(this::publish).replaceWithVoid();
    }

    private Uni<JsonObject> found() {
        return transaction
                .forAllTenants(() -> Panache.getSession()
                        .chain(session ->
                                session.createNativeQuery("""
                                        select (select cast(extract(epoch from min(created_at)) as double precision)
                                                from invoices where status = 'draft') as oldest,
                                               (select count(*)
                                                from (select substring(number from '^(.*)-[0-9]+$') as name, count(*) as documents
                                                      from (select number from invoices where number is not null
                                                            union all select number from credit_note) n
                                                      group by 1) d
                                                full join number_series s using (name)
                                                where documents is distinct from last) as gaps
                                        """, Tuple.class).getSingleResult()))
                .map(row -> new JsonObject()
                        .put("oldest_draft_at", row.get("oldest", Double.class))
                        .put("gaps", row.get("gaps", Long.class)));
    }

    private void publish(JsonObject found) {
        if (found != null) {
            Double oldest = found.getDouble("oldest_draft_at");
            oldestDraftSeconds =
                    oldest == null ? 0 : Math.max(0, clock.instant().toEpochMilli() / 1000.0 - oldest);
            gaps = found.getLong("gaps");
        }
    }
}
