package io.countinghouse.billing.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.joda.money.Money;

@Singleton
class InvoiceVoidedHandler extends InvoiceEventHandler {
    @Inject
    InvoiceVoidedHandler(Ledger ledger) {
        super(ledger, "invoice.invoice.voided.v1", "invoice_voided", Money::negated);
    }
}
