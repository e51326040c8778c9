package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Tells of money that moved on an invoice, and the customer also of what is left to pay: one handler for each movement, since a
 * handler hears one type of event.
 */
@ApplicationScoped
class MovementHandlers {

    private final Announcements announcements;
    private final InvoiceMails mails;

    MovementHandlers(Announcements announcements, InvoiceMails mails) {
        this.announcements = announcements;
        this.mails = mails;
    }

    @Produces
    @Singleton
    EventHandler paymentRecorded() {
        return new Handler(
                "invoice.payment.recorded.v1",
                "invoice.payment_recorded",
                "payment-recorded",
                (_, invoice) -> Map.of("paid_date", Values.day(invoice.paidAt())));
    }

    @Produces
    @Singleton
    EventHandler creditNoteIssued() {
        return new Handler(
                "invoice.credit_note.issued.v1",
                "invoice.credit_note_issued",
                "credit-note-issued",
                (event, invoice) -> Map.of(
                        "credit_note_number", Values.require(event, "credit_note_number", invoice.creditNoteNumber())));
    }

    private final class Handler implements EventHandler {

        private final String type;
        private final String webhookType;
        private final String template;
        private final BiFunction<ReceivedEvent, InvoiceEvent, Map<String, String>> own;

        /** @param own variables of the template that other movements do not have */
        Handler(
                String type,
                String webhookType,
                String template,
                BiFunction<ReceivedEvent, InvoiceEvent, Map<String, String>> own) {
            this.type = type;
            this.webhookType = webhookType;
            this.template = template;
            this.own = own;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public Uni<Void> handle(ReceivedEvent event) {
            InvoiceEvent.ofMovement(event);
            return announcements.webhooks(event, Category.INVOICES, webhookType);
        }

        @Override
        public Map<String, Function<ReceivedEvent, Uni<Void>>> besides() {
            return Announcements.mailed(this::mail);
        }

        private Uni<Void> mail(ReceivedEvent event) {
            var invoice = InvoiceEvent.ofMovement(event);
            return mails.mail(event, invoice, template, invoice.movement(own.apply(event, invoice)));
        }
    }
}
