package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.invoice.period.BilledPeriod;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** A period that was billed becomes a draft. */
@ApplicationScoped
class PeriodClosedHandler implements EventHandler {
    private final InvoiceService invoices;

    PeriodClosedHandler(InvoiceService invoices) {
        this.invoices = invoices;
    }

    @Override
    public String type() {
        return "billing.period.closed.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        return invoices.draft(event.tenantId(), event.dataAs(BilledPeriod.class))
                .replaceWithVoid();
    }
}
