package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Function;

/** Tells the customer of a credit note, and what is left to pay. */
@ApplicationScoped
class CreditNoteIssuedHandler implements EventHandler {

    private final Announcements announcements;
    private final InvoiceMails mails;

    CreditNoteIssuedHandler(Announcements announcements, InvoiceMails mails) {
        this.announcements = announcements;
        this.mails = mails;
    }

    @Override
    public String type() {
        return "invoice.credit_note.issued.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        InvoiceEvent.ofMovement(event);
        return announcements.webhooks(event, Category.INVOICES, "invoice.credit_note_issued");
    }

    @Override
    public Map<String, Function<ReceivedEvent, Uni<Void>>> besides() {
        return Announcements.mailed(this::mail);
    }

    private Uni<Void> mail(ReceivedEvent event) {
        var invoice = InvoiceEvent.ofMovement(event);
        return mails.mail(
                event,
                invoice,
                "credit-note-issued",
                invoice.movement(Map.of(
                        "credit_note_number",
                        Values.require(event, "credit_note_number", invoice.creditNoteNumber()))));
    }
}
