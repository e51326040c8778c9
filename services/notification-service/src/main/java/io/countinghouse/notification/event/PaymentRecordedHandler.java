package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Thanks the customer for a payment, and says what is left to pay. */
@ApplicationScoped
class PaymentRecordedHandler implements EventHandler {

    private final Announcements announcements;
    private final EventConfig config;

    PaymentRecordedHandler(Announcements announcements, EventConfig config) {
        this.announcements = announcements;
        this.config = config;
    }

    @Override
    public String type() {
        return "invoice.payment.recorded.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        var invoice = InvoiceEvent.ofMovement(event);
        return announcements.announce(
                event,
                "payment-recorded",
                invoice.email(),
                invoice.movement(
                        config.publicUrl() + "/v1/invoices/" + invoice.invoiceId() + "/pdf",
                        Map.of("paid_date", Values.day(invoice.paidAt()))),
                Category.INVOICES,
                "invoice.payment_recorded");
    }
}
