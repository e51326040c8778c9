package io.countinghouse.notification.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.joda.money.Money;

/** What is read of the three events of an invoice. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record InvoiceEvent(UUID invoiceId, String number, Customer customer, Money total, Instant dueAt, Instant paidAt) {

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

    String email() {
        return customer == null ? null : customer.email();
    }

    String customerName() {
        return customer == null ? "customer" : Values.or(customer.name(), "customer");
    }

    Map<String, String> variables(Map<String, String> others) {
        var variables = new java.util.HashMap<>(others);
        variables.put("customer_name", customerName());
        variables.put("number", number);
        variables.put("total", Values.amount(total));
        variables.put("currency", total.getCurrencyUnit().getCode());
        return variables;
    }
}
