package io.countinghouse.billing.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.joda.money.Money;

@Singleton
class InvoicePaidHandler extends InvoiceEventHandler {
    @Inject
    InvoicePaidHandler(Ledger ledger) {
        super(ledger, "invoice.invoice.paid.v1", "invoice_paid", Money::negated);
    }
}
