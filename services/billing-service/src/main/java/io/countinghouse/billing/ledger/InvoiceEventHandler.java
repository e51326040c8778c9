package io.countinghouse.billing.ledger;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.joda.money.Money;

/** Writes down what became of an invoice; a subclass for each event, since a handler hears one type. */
abstract class InvoiceEventHandler implements EventHandler {
    private final Ledger ledger;
    private final String type;
    private final String entryType;
    private final UnaryOperator<Money> effect;

    InvoiceEventHandler(Ledger ledger, String type, String entryType, UnaryOperator<Money> effect) {
        this.ledger = ledger;
        this.type = type;
        this.entryType = entryType;
        this.effect = effect;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        InvoiceEvent invoice = event.dataAs(InvoiceEvent.class);
        LedgerEntry entry = new LedgerEntry(
                entryType,
                invoice.subscriptionId(),
                invoice.periodId(),
                effect.apply(invoice.total()),
                Map.of("invoice_id", invoice.invoiceId().toString(), "number", invoice.number()));
        return ledger.append(event.tenantId(), entry);
    }
}
