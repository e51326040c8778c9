package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Tells the customer of a credit note, and what is left to pay. */
@ApplicationScoped
class CreditNoteIssuedHandler implements EventHandler {

    private final Announcements announcements;
    private final EventConfig config;

    CreditNoteIssuedHandler(Announcements announcements, EventConfig config) {
        this.announcements = announcements;
        this.config = config;
    }

    @Override
    public String type() {
        return "invoice.credit_note.issued.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        var invoice = InvoiceEvent.ofMovement(event);
        return announcements.announce(
                event,
                "credit-note-issued",
                invoice.email(),
                invoice.movement(
                        config.publicUrl() + "/v1/invoices/" + invoice.invoiceId() + "/pdf",
                        Map.of(
                                "credit_note_number",
                                Values.require(event, "credit_note_number", invoice.creditNoteNumber()))),
                Category.INVOICES,
                "invoice.credit_note_issued");
    }
}
