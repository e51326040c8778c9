package io.countinghouse.invoice.period;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    /** The same period for the party that is billed today. */
    public BilledPeriod billedTo(BilledParty party) {
        return new BilledPeriod(
                periodId,
                tenantId,
                subscriptionId,
                planCode,
                planName,
                planVersion,
                currency,
                periodStart,
                periodEnd,
                usageCutoff,
                party.customer(),
                party.tax(),
                lines,
                net);
    }

    /** Whom the bill is addressed to; only name and e-mail are always known. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Customer(
            String name,
            String email,
            String addressLine,
            String postalCode,
            String city,
            String country,
            String taxId) {

        private static final Set<String> COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

        /**
         * The fields that an invoice must name (VAT Directive, article 226) and that say nothing. A country outside of
         * ISO 3166-1 is missing: billing-service knows no tax for it.
         */
        public List<String> missing() {
            Map<String, String> required = new LinkedHashMap<>();
            required.put("name", name);
            required.put("address_line", addressLine);
            required.put("city", city);
            required.put("country", country != null && COUNTRIES.contains(country) ? country : null);
            return required.entrySet().stream()
                    .filter(field ->
                            field.getValue() == null || field.getValue().isBlank())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

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
