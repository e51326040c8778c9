package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Function;

/** Thanks the customer for a payment, and says what is left to pay. */
@ApplicationScoped
class PaymentRecordedHandler implements EventHandler {

    private final Announcements announcements;
    private final InvoiceMails mails;

    PaymentRecordedHandler(Announcements announcements, InvoiceMails mails) {
        this.announcements = announcements;
        this.mails = mails;
    }

    @Override
    public String type() {
        return "invoice.payment.recorded.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        InvoiceEvent.ofMovement(event);
        return announcements.webhooks(event, Category.INVOICES, "invoice.payment_recorded");
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
                "payment-recorded",
                invoice.movement(Map.of("paid_date", Values.day(invoice.paidAt()))));
    }
}
