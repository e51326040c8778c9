package io.countinghouse.invoice.invoice;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class InvoiceTaxRepository implements PanacheRepositoryBase<InvoiceTax, InvoiceTax.Key> {

    Uni<List<InvoiceTax>> of(List<UUID> invoiceIds) {
        return list("invoiceId in ?1 order by invoiceId, position", invoiceIds);
    }

    /** Those of a draft, which are made anew; the database refuses it for an issued invoice. */
    Uni<Long> forget(UUID invoiceId) {
        return delete("invoiceId", invoiceId);
    }
}
