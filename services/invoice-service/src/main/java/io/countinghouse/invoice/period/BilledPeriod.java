package io.countinghouse.invoice.period;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;

/** The part of a billed period that makes an invoice. {@code tenantId} is absent in events, which carry it themselves. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record BilledPeriod(
        UUID periodId,
        UUID tenantId,
        UUID subscriptionId,
        String planCode,
        String planName,
        int planVersion,
        String currency,
        Instant periodStart,
        Instant periodEnd,
        String usageCutoff,
        Customer customer,
        AppliedTax tax,
        List<Line> lines,
        Money net) {

    /** Whom the bill is addressed to; only name and e-mail are always known. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Customer(
            String name,
            String email,
            String addressLine,
            String postalCode,
            String city,
            String country,
            String taxId) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record AppliedTax(String code, String ratePercent) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Line(
            int position,
            UUID priceId,
            int priceVersion,
            String description,
            String model,
            String meter,
            String quantity,
            Money amount,
            List<Part> breakdown) {}

    /** {@code amount = quantity × unitPrice + flat}; {@code unit} says what {@code quantity} counts. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Part(
            String unit, String from, String to, String quantity, String unitPrice, String flat, String amount) {}
}
