package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Function;

/** Sends the customer what is to be paid, and until when. */
@ApplicationScoped
class InvoiceFinalizedHandler implements EventHandler {

    private final Announcements announcements;
    private final InvoiceMails mails;

    InvoiceFinalizedHandler(Announcements announcements, InvoiceMails mails) {
        this.announcements = announcements;
        this.mails = mails;
    }

    @Override
    public String type() {
        return "invoice.invoice.finalized.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        InvoiceEvent.of(event);
        return announcements.webhooks(event, Category.INVOICES, "invoice.finalized");
    }

    @Override
    public Map<String, Function<ReceivedEvent, Uni<Void>>> besides() {
        return Announcements.mailed(this::mail);
    }

    private Uni<Void> mail(ReceivedEvent event) {
        var invoice = InvoiceEvent.of(event);
        if (invoice.isOverNothing()) {
            return Uni.createFrom().voidItem();
        }
        return mails.mail(
                event,
                invoice,
                "invoice-finalized",
                invoice.variables(Map.of("due_date", Values.day(invoice.dueAt()))));
    }
}
