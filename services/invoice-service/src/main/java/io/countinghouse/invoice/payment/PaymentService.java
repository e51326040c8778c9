package io.countinghouse.invoice.payment;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.time.Ids;
import io.countinghouse.invoice.invoice.InvoiceService;
import io.countinghouse.invoice.invoice.InvoiceView;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Books payments. Every method joins the transaction of its caller. */
@ApplicationScoped
class PaymentService {
    private final List<PaymentProvider> providers;
    private final PaymentRepository payments;
    private final InvoiceService invoices;
    private final AuditTrail audit;
    private final Clock clock;

    PaymentService(
            @All List<PaymentProvider> providers,
            PaymentRepository payments,
            InvoiceService invoices,
            AuditTrail audit,
            Clock clock) {
        this.providers = providers;
        this.payments = payments;
        this.invoices = invoices;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<InvoiceView> pay(UUID invoiceId, PayInvoiceRequest request) {
        PaymentProvider provider = providers.stream()
                .filter(candidate -> candidate.method().equals(request.method()))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalidField(
                        "method",
                        "'" + request.method() + "' is none of "
                                + providers.stream()
                                        .map(PaymentProvider::method)
                                        .sorted()
                                        .toList()));
        return invoices.payable(invoiceId, request.amount())
                .map(amount -> new PaymentOrder(invoiceId, request.reference(), amount))
                .call(order -> refuseBookedBefore(order, request.method()))
                .call(provider::collect)
                .chain(order -> {
                    UUID payment = Ids.next();
                    return invoices.pay(invoiceId, payment, request.method(), order.amount())
                            .call(view -> book(payment, view, request.method(), order));
                });
    }

    private Uni<Void> book(UUID id, InvoiceView invoice, String method, PaymentOrder order) {
        return payments.persistAndFlush(Payment.of(id, invoice.tenantId(), method, order, clock.instant()))
                .chain(payment -> audit.record(
                        "payment.received",
                        "payment",
                        id,
                        invoice.tenantId(),
                        Map.of(
                                "invoice_id", invoice.id().toString(),
                                "method", method,
                                "amount", order.amount().toString())));
    }

    private Uni<Void> refuseBookedBefore(PaymentOrder order, String method) {
        return payments.isBooked(order.invoiceId(), method, order.reference())
                .invoke(booked -> {
                    if (booked) {
                        throw ProblemException.conflict(
                                "payment-exists",
                                "Payment '" + order.reference() + "' by " + method + " is booked on invoice '"
                                        + order.invoiceId() + "' already.");
                    }
                })
                .replaceWithVoid();
    }
}
