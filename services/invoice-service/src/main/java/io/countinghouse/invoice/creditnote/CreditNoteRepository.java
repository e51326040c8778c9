package io.countinghouse.invoice.creditnote;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class CreditNoteRepository implements PanacheRepositoryBase<CreditNote, UUID> {
    private static final UUID LAST = new UUID(-1L, -1L);

    Uni<List<CreditNote>> ofInvoice(UUID invoiceId) {
        return list("invoiceId = ?1 order by id", invoiceId);
    }

    /** Newest first; null filters nothing. */
    Uni<List<CreditNote>> page(UUID tenantId, UUID invoiceId, UUID after, int limit) {
        StringBuilder where = new StringBuilder("id < :after");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("after", after == null ? LAST : after);
        if (tenantId != null) {
            where.append(" and tenantId = :tenant");
            parameters.put("tenant", tenantId);
        }
        if (invoiceId != null) {
            where.append(" and invoiceId = :invoice");
            parameters.put("invoice", invoiceId);
        }
        return find(where.append(" order by id desc").toString(), parameters)
                .range(0, limit)
                .list();
    }
}
