package io.countinghouse.billing.ledger;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.joda.money.Money;

/** The news of an invoice that the ledger keeps, and the amount by which each of them changes what is owed. */
enum Movement {
    INVOICE_FINALIZED("invoice.invoice.finalized.v1", InvoiceEvent::invoiceId) {
        @Override
        Money effect(InvoiceEvent event) {
            return event.amount() == null ? event.total() : event.amount();
        }
    },
    INVOICE_VOIDED("invoice.invoice.voided.v1", InvoiceEvent::invoiceId) {
        @Override
        Money effect(InvoiceEvent event) {
            return INVOICE_FINALIZED.effect(event).negated();
        }
    },
    PAYMENT_RECORDED("invoice.payment.recorded.v1", InvoiceEvent::paymentId) {
        @Override
        Money effect(InvoiceEvent event) {
            return event.amount().negated();
        }
    },
    CREDIT_NOTE_ISSUED("invoice.credit_note.issued.v1", InvoiceEvent::creditNoteId) {
        @Override
        Money effect(InvoiceEvent event) {
            return event.amount().negated();
        }
    },
    /** Settled, at least in part by payments: a fact, since its payments and credit notes have moved all of it. */
    INVOICE_PAID("invoice.invoice.paid.v1", InvoiceEvent::invoiceId) {
        @Override
        Money effect(InvoiceEvent event) {
            return null;
        }
    },
    /** Settled by credit notes alone: a fact. */
    INVOICE_CREDITED("invoice.invoice.credited.v1", InvoiceEvent::invoiceId) {
        @Override
        Money effect(InvoiceEvent event) {
            return null;
        }
    };

    private final String eventType;
    private final Function<InvoiceEvent, UUID> id;

    Movement(String eventType, Function<InvoiceEvent, UUID> id) {
        this.eventType = eventType;
        this.id = id;
    }

    /** What is owed more afterwards, negative for less; null where nothing moves. */
    abstract Money effect(InvoiceEvent event);

    String eventType() {
        return eventType;
    }

    /** Whether an event has what an entry needs. */
    boolean isToldBy(InvoiceEvent event) {
        return event.invoiceId() != null && event.number() != null && idOf(event) != null && hasAmount(event);
    }

    private boolean hasAmount(InvoiceEvent event) {
        return switch (this) {
            case INVOICE_FINALIZED, INVOICE_VOIDED -> event.amount() != null || event.total() != null;
            case PAYMENT_RECORDED -> event.amount() != null;
            case CREDIT_NOTE_ISSUED -> event.amount() != null && event.creditNoteNumber() != null;
            case INVOICE_PAID, INVOICE_CREDITED -> true;
        };
    }

    /** What the database holds unique among the entries of this type. */
    UUID idOf(InvoiceEvent event) {
        return id.apply(event);
    }

    String entryType() {
        return name().toLowerCase(Locale.ROOT);
    }

    LedgerEntry entry(InvoiceEvent event) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("invoice_id", event.invoiceId().toString());
        details.put("number", event.number());
        if (this == PAYMENT_RECORDED) {
            details.put("payment_id", event.paymentId().toString());
            details.put("method", event.method() == null ? "unknown" : event.method());
        }
        if (this == CREDIT_NOTE_ISSUED) {
            details.put("credit_note_id", event.creditNoteId().toString());
            details.put("credit_note_number", event.creditNoteNumber());
        }
        return new LedgerEntry(entryType(), event.subscriptionId(), event.periodId(), effect(event), details);
    }
}
