package io.countinghouse.billing.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;

@Singleton
class InvoiceFinalizedHandler extends InvoiceEventHandler {
    @Inject
    InvoiceFinalizedHandler(Ledger ledger) {
        super(ledger, "invoice.invoice.finalized.v1", "invoice_finalized", UnaryOperator.identity());
    }
}
