package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.event.DomainEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.joda.money.Money;

/** Data of the three {@code invoice.invoice.*} events; {@code paidAt} is null but for the one of payment. */
@RegisterForReflection
record InvoiceHappened(
        UUID invoiceId,
        String number,
        UUID periodId,
        UUID subscriptionId,
        Addressee customer,
        Money total,
        Money net,
        Money tax,
        Instant issuedAt,
        Instant dueAt,
        Instant paidAt) {

    record Addressee(String name, String email) {}

    /** @param what finalized, paid or voided */
    static DomainEvent of(String what, InvoiceView invoice) {
        InvoiceHappened data = new InvoiceHappened(
                invoice.id(),
                invoice.number(),
                invoice.periodId(),
                invoice.subscriptionId(),
                new Addressee(invoice.customer().name(), invoice.customer().email()),
                invoice.total(),
                invoice.net(),
                invoice.tax(),
                invoice.issuedAt(),
                invoice.dueAt(),
                invoice.paidAt());
        return new DomainEvent(
                "invoice.invoice." + what + ".v1",
                invoice.tenantId(),
                invoice.id().toString(),
                data);
    }
}
