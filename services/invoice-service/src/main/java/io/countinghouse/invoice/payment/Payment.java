package io.countinghouse.invoice.payment;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

@Entity
@Immutable
@Table(name = "payment")
class Payment {
    @Id
    private UUID id;

    private UUID invoiceId;
    private UUID tenantId;
    private String method;
    private String reference;
    private BigDecimal amount;
    private String currency;
    private Instant receivedAt;

    protected Payment() {}

    static Payment of(UUID id, UUID tenantId, String method, PaymentOrder order, Instant now) {
        Payment payment = new Payment();
        payment.id = id;
        payment.invoiceId = order.invoiceId();
        payment.tenantId = tenantId;
        payment.method = method;
        payment.reference = order.reference();
        payment.amount = order.amount().getAmount();
        payment.currency = order.amount().getCurrencyUnit().getCode();
        payment.receivedAt = now;
        return payment;
    }
}
