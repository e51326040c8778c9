package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.event.DomainEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.joda.money.Money;

/**
 * What others hear of an invoice. Each names the document with its totals and what is left due after it; an event of a
 * movement has that movement's own amount, always positive, and one that only states a fact has none.
 */
final class InvoiceEvents {
    private InvoiceEvents() {}

    static DomainEvent finalized(InvoiceView invoice) {
        return event("invoice.invoice.finalized.v1", invoice, Map.of("amount", invoice.total()));
    }

    static DomainEvent voided(InvoiceView invoice) {
        return event("invoice.invoice.voided.v1", invoice, Map.of("amount", invoice.total()));
    }

    static DomainEvent paymentRecorded(InvoiceView invoice, UUID payment, String method, Money amount, Instant now) {
        return event(
                "invoice.payment.recorded.v1",
                invoice,
                Map.of("payment_id", payment, "method", method, "amount", amount, "paid_at", now));
    }

    static DomainEvent creditNoteIssued(InvoiceView invoice, UUID note, String number, Money net, Money tax) {
        return event(
                "invoice.credit_note.issued.v1",
                invoice,
                Map.of(
                        "credit_note_id",
                        note,
                        "credit_note_number",
                        number,
                        "amount",
                        net.plus(tax),
                        "credited_net",
                        net,
                        "credited_tax",
                        tax));
    }

    /** Settled, at least in part by payments, or over nothing from the start. */
    static DomainEvent paid(InvoiceView invoice) {
        return event(
                "invoice.invoice.paid.v1",
                invoice,
                Map.of("paid", invoice.paid(), "credited", invoice.credited(), "paid_at", invoice.paidAt()));
    }

    /** Settled by credit notes alone. */
    static DomainEvent credited(InvoiceView invoice) {
        return event("invoice.invoice.credited.v1", invoice, Map.of("credited", invoice.credited()));
    }

    private static DomainEvent event(String type, InvoiceView invoice, Map<String, Object> own) {
        Map<String, Object> customer = new LinkedHashMap<>();
        customer.put("name", invoice.customer().name());
        customer.put("email", invoice.customer().email());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("invoice_id", invoice.id());
        data.put("number", invoice.number());
        data.put("period_id", invoice.periodId());
        data.put("subscription_id", invoice.subscriptionId());
        data.put("customer", customer);
        data.put("total", invoice.total());
        data.put("net", invoice.net());
        data.put("tax", invoice.tax());
        data.put("issued_at", invoice.issuedAt());
        data.put("due_at", invoice.dueAt());
        data.put("due", invoice.due());
        data.putAll(own);
        return new DomainEvent(type, invoice.tenantId(), invoice.id().toString(), data);
    }
}
