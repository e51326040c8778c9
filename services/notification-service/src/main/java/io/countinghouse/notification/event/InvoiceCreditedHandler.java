package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells endpoints that credit notes have settled an invoice; the customer has the mail about the credit note. */
@ApplicationScoped
class InvoiceCreditedHandler implements EventHandler {

    private final Announcements announcements;

    InvoiceCreditedHandler(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public String type() {
        return "invoice.invoice.credited.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        InvoiceEvent.of(event);
        return announcements.webhooks(event, Category.INVOICES, "invoice.credited");
    }
}
