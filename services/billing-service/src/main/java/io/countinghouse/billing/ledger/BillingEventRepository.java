package io.countinghouse.billing.ledger;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class BillingEventRepository implements PanacheRepositoryBase<BillingEvent, UUID> {

    /**
     * Takes {@code count} numbers and answers the last. The row stays locked until the transaction ends, so that
     * numbers are in the order of commits and one that is rolled back leaves no gap.
     */
    Uni<Long> take(UUID tenantId, int count) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "INSERT INTO billing_event_sequence AS s (tenant_id, last) VALUES (:tenant, :count)"
                                        + " ON CONFLICT (tenant_id) DO UPDATE SET last = s.last + :count RETURNING s.last",
                                Long.class)
                        .setParameter("tenant", tenantId)
                        .setParameter("count", (long) count)
                        .getSingleResult());
    }

    Uni<List<BillingEvent>> page(UUID tenantId, long before, int limit) {
        return find(
                        "tenantId = :tenant and sequence < :before order by sequence desc",
                        Map.of("tenant", tenantId, "before", before))
                .range(0, limit)
                .list();
    }

    Uni<Boolean> has(String type, UUID movement) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT count(*) FROM billing_event WHERE type = :type AND coalesce(details ->> 'payment_id',"
                                        + " details ->> 'credit_note_id', details ->> 'invoice_id') = :movement",
                                Long.class)
                        .setParameter("type", type)
                        .setParameter("movement", movement.toString())
                        .getSingleResult())
                .map(count -> count > 0);
    }

    /** What each tenant owes in each currency: the sum of all that its invoices moved. */
    Uni<List<Owed>> owed() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select tenant_id, currency, sum(amount) as amount from billing_event
                                where amount is not null and type in ('invoice_finalized', 'payment_recorded',
                                    'credit_note_issued', 'invoice_voided', 'invoice_paid', 'invoice_credited')
                                group by tenant_id, currency
                                """, Tuple.class).getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new Owed(
                                row.get("tenant_id", UUID.class),
                                row.get("currency", String.class),
                                row.get("amount", BigDecimal.class)))
                        .toList());
    }

    record Owed(UUID tenantId, String currency, BigDecimal amount) {}
}
