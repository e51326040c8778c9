package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Tells the customer that the invoice is settled, by payments or by payments and credit notes. */
@ApplicationScoped
class InvoicePaidHandler implements EventHandler {

    private final Announcements announcements;
    private final EventConfig config;

    InvoicePaidHandler(Announcements announcements, EventConfig config) {
        this.announcements = announcements;
        this.config = config;
    }

    @Override
    public String type() {
        return "invoice.invoice.paid.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        var invoice = InvoiceEvent.of(event);
        if (invoice.isOverNothing()) {
            return announcements.webhooks(event, Category.INVOICES, "invoice.paid");
        }
        return announcements.announce(
                event,
                "invoice-paid",
                invoice.email(),
                invoice.variables(Map.of(
                        "paid_date",
                        Values.day(invoice.paidAt()),
                        "pdf_url",
                        config.publicUrl() + "/v1/invoices/" + invoice.invoiceId() + "/pdf")),
                Category.INVOICES,
                "invoice.paid");
    }
}
