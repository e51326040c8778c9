package io.countinghouse.billing.ledger;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Writes down what became of an invoice: one handler for each movement, since a handler hears one type of event. */
@ApplicationScoped
class MovementHandlers {
    private final Ledger ledger;

    MovementHandlers(Ledger ledger) {
        this.ledger = ledger;
    }

    @Produces
    @Singleton
    EventHandler finalized() {
        return new Handler(Movement.INVOICE_FINALIZED);
    }

    @Produces
    @Singleton
    EventHandler voided() {
        return new Handler(Movement.INVOICE_VOIDED);
    }

    @Produces
    @Singleton
    EventHandler paymentRecorded() {
        return new Handler(Movement.PAYMENT_RECORDED);
    }

    @Produces
    @Singleton
    EventHandler creditNoteIssued() {
        return new Handler(Movement.CREDIT_NOTE_ISSUED);
    }

    @Produces
    @Singleton
    EventHandler paid() {
        return new Handler(Movement.INVOICE_PAID);
    }

    @Produces
    @Singleton
    EventHandler credited() {
        return new Handler(Movement.INVOICE_CREDITED);
    }

    private final class Handler implements EventHandler {
        private final Movement movement;

        Handler(Movement movement) {
            this.movement = movement;
        }

        @Override
        public String type() {
            return movement.eventType();
        }

        @Override
        public Uni<Void> handle(ReceivedEvent event) {
            InvoiceEvent invoice = event.dataAs(InvoiceEvent.class);
            if (!movement.isToldBy(invoice)) {
                throw ProblemException.unprocessable(
                        "event-incomplete",
                        "Event '" + event.id() + "' of type " + event.type()
                                + " names no invoice, no movement of its type, or no amount.");
            }
            return ledger.appendOnce(event.tenantId(), movement.idOf(invoice), movement.entry(invoice));
        }
    }
}
