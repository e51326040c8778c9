package io.countinghouse.notification.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.joda.money.Money;

/**
 * What is read of the events of an invoice.
 *
 * @param amount what moved; null in an event of no movement
 * @param due what is left to pay; null in an event of an earlier version
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record InvoiceEvent(
        UUID invoiceId,
        String number,
        Customer customer,
        Money total,
        Money amount,
        Money due,
        String creditNoteNumber,
        Instant dueAt,
        Instant paidAt) {

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Customer(String name, String email) {}

    static InvoiceEvent of(ReceivedEvent event) {
        var invoice = event.dataAs(InvoiceEvent.class);
        Values.require(event, "invoice_id", invoice.invoiceId());
        Values.require(event, "number", invoice.number());
        Values.require(event, "total", invoice.total());
        return invoice;
    }

    /** Of an event of a movement, which must say how much moved. */
    static InvoiceEvent ofMovement(ReceivedEvent event) {
        var invoice = of(event);
        Values.require(event, "amount", invoice.amount());
        Values.require(event, "due", invoice.due());
        return invoice;
    }

    /** Nobody is written to about an invoice on which there was never anything to pay. */
    boolean isOverNothing() {
        return total.isZero();
    }

    String email() {
        return customer == null ? null : customer.email();
    }

    String customerName() {
        return Values.name(customer == null ? null : customer.name(), "customer");
    }

    /** Of a mail about a movement: its own amount, and not the document's. */
    Map<String, String> movement(Map<String, String> others) {
        var variables = new HashMap<>(others);
        variables.put("customer_name", customerName());
        variables.put("number", number);
        variables.put("amount", Values.amount(amount));
        variables.put("due", Values.amount(due));
        variables.put("currency", amount.getCurrencyUnit().getCode());
        variables.put("settled", due.isPositive() ? "" : "yes");
        return variables;
    }

    Map<String, String> variables(Map<String, String> others) {
        var variables = new HashMap<>(others);
        variables.put("customer_name", customerName());
        variables.put("number", number);
        variables.put("total", Values.amount(total));
        variables.put("currency", total.getCurrencyUnit().getCode());
        return variables;
    }
}
