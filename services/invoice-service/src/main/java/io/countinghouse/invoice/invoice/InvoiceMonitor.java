package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Clock;

/**
 * {@code invoice_oldest_draft_seconds}: how long an invoice has been without a number, 0 when none is; and
 * {@code invoice_number_gaps}: series whose documents are not as many as their last number says.
 */
@ApplicationScoped
class InvoiceMonitor {

    private final TenantTransaction transaction;
    private final Clock clock;
    private volatile double oldestDraftSeconds;
    private volatile long gaps;

    InvoiceMonitor(TenantTransaction transaction, Clock clock, MeterRegistry metrics) {
        this.transaction = transaction;
        this.clock = clock;
        Gauge.builder("invoice.oldest.draft.seconds", () -> oldestDraftSeconds).register(metrics);
        Gauge.builder("invoice.number.gaps", () -> gaps).register(metrics);
    }

    // Drafts wait for hours and gaps for ever: a minute is soon enough.
    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
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
                .invoke(this::publish)
                .replaceWithVoid();
    }

    private void publish(Tuple row) {
        Number oldest = row.get("oldest", Number.class);
        oldestDraftSeconds =
                oldest == null ? 0 : Math.max(0, clock.instant().toEpochMilli() / 1000.0 - oldest.doubleValue());
        gaps = row.get("gaps", Number.class).longValue();
    }
}
