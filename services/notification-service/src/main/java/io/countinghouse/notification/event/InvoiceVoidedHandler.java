package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Tells the customer that nothing is to be paid any more. */
@ApplicationScoped
class InvoiceVoidedHandler implements EventHandler {

    private final Announcements announcements;

    InvoiceVoidedHandler(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public String type() {
        return "invoice.invoice.voided.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        var invoice = InvoiceEvent.of(event);
        if (invoice.isOverNothing()) {
            return announcements.webhooks(event, Category.INVOICES, "invoice.voided");
        }
        return announcements.announce(
                event,
                "invoice-voided",
                invoice.email(),
                invoice.variables(Map.of()),
                Category.INVOICES,
                "invoice.voided");
    }
}
