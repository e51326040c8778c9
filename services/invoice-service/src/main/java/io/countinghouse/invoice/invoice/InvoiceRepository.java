package io.countinghouse.invoice.invoice;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class InvoiceRepository implements PanacheRepositoryBase<Invoice, UUID> {
    private static final UUID LAST = new UUID(-1L, -1L);

    Uni<Invoice> lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The invoice of a period, unless it was voided: then the period may be invoiced again. */
    Uni<Invoice> ofPeriod(UUID periodId) {
        return find("periodId = ?1 and status <> 'void'", periodId).firstResult();
    }

    /** Event and request may come at once: the second waits here, and then finds the draft of the first. */
    Uni<Void> lockPeriod(UUID periodId) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT cast(pg_advisory_xact_lock(hashtextextended(:period, 0)) as text)",
                                String.class)
                        .setParameter("period", periodId.toString())
                        .getSingleResult())
                .replaceWithVoid();
    }

    /** Newest first; null filters nothing. */
    Uni<List<Invoice>> page(UUID tenantId, String status, String waitingFor, UUID after, int limit) {
        StringBuilder where = new StringBuilder("id < :after");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("after", after == null ? LAST : after);
        if (tenantId != null) {
            where.append(" and tenantId = :tenant");
            parameters.put("tenant", tenantId);
        }
        if (status != null) {
            where.append(" and status = :status");
            parameters.put("status", status);
        }
        if (waitingFor != null) {
            where.append(" and waitingFor = :waitingFor");
            parameters.put("waitingFor", waitingFor);
        }
        return find(where.append(" order by id desc").toString(), parameters)
                .range(0, limit)
                .list();
    }

    /**
     * What is owed by tenant and currency, in that order; null filters nothing.
     *
     * @param after the last tenant and currency of the page before
     */
    Uni<List<BalanceView>> balances(UUID tenantId, BalanceView.Key after, int limit) {
        String where = tenantId == null ? "" : " and tenant_id = cast(:tenant as uuid)";
        if (after != null) {
            where += " and (tenant_id, currency) > (cast(:afterTenant as uuid), cast(:afterCurrency as varchar))";
        }
        String sql = "select tenant_id, currency, sum(total - paid - credited) as balance,"
                + " sum(greatest(total - paid - credited, 0)) as due, count(*) as invoices"
                + " from invoices where status in ('finalized', 'paid', 'credited')" + where
                + " group by tenant_id, currency order by tenant_id, currency";
        return Panache.getSession()
                .chain(session -> {
                    var query = session.createNativeQuery(sql, Tuple.class).setMaxResults(limit + 1);
                    if (tenantId != null) {
                        query.setParameter("tenant", tenantId);
                    }
                    if (after != null) {
                        query.setParameter("afterTenant", after.tenantId());
                        query.setParameter("afterCurrency", after.currency());
                    }
                    return query.getResultList();
                })
                .map(rows -> rows.stream().map(BalanceView::of).toList());
    }
}
