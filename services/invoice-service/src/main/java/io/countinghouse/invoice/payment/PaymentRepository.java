package io.countinghouse.invoice.payment;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class PaymentRepository implements PanacheRepositoryBase<Payment, UUID> {

    Uni<Boolean> isBooked(UUID invoiceId, String method, String reference) {
        return count("invoiceId = ?1 and method = ?2 and reference = ?3", invoiceId, method, reference)
                .map(count -> count > 0);
    }
}
