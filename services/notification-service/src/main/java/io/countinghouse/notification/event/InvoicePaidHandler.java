package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells endpoints that an invoice is settled; the customer has the mail about the payment or credit note that did it. */
@ApplicationScoped
class InvoicePaidHandler implements EventHandler {

    private final Announcements announcements;

    InvoicePaidHandler(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public String type() {
        return "invoice.invoice.paid.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        InvoiceEvent.of(event);
        return announcements.webhooks(event, Category.INVOICES, "invoice.paid");
    }
}
