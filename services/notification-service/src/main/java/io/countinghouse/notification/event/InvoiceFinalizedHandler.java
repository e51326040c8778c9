package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Sends the customer what is to be paid, and until when. */
@ApplicationScoped
class InvoiceFinalizedHandler implements EventHandler {

    private final Announcements announcements;
    private final EventConfig config;

    InvoiceFinalizedHandler(Announcements announcements, EventConfig config) {
        this.announcements = announcements;
        this.config = config;
    }

    @Override
    public String type() {
        return "invoice.invoice.finalized.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        var invoice = InvoiceEvent.of(event);
        if (invoice.isOverNothing()) {
            return announcements.webhooks(event, Category.INVOICES, "invoice.finalized");
        }
        return announcements.announce(
                event,
                "invoice-finalized",
                invoice.email(),
                invoice.variables(Map.of(
                        "due_date",
                        Values.day(invoice.dueAt()),
                        "pdf_url",
                        config.publicUrl() + "/v1/invoices/" + invoice.invoiceId() + "/pdf")),
                Category.INVOICES,
                "invoice.finalized");
    }
}
