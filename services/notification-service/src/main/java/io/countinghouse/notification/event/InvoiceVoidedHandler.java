package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Function;

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
        InvoiceEvent.of(event);
        return announcements.webhooks(event, Category.INVOICES, "invoice.voided");
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
        return announcements.mail(event, "invoice-voided", invoice.email(), invoice.variables(Map.of()));
    }
}
