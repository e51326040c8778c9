package io.countinghouse.billing.tax;

import java.time.Instant;
import java.util.List;

/**
 * A code with its rates.
 *
 * @param ratePercent what holds now, or the first to come
 * @param validFrom since when {@code ratePercent} holds
 * @param rates all that held, hold and will hold, oldest first
 */
record TaxRateView(
        String code,
        String ratePercent,
        Instant validFrom,
        String country,
        boolean standard,
        Instant createdAt,
        List<RateView> rates) {

    record RateView(String ratePercent, Instant validFrom) {}

    static TaxRateView of(List<TaxRate> rates, Instant now) {
        TaxRate holds = rates.stream()
                .filter(rate -> !rate.validFrom().isAfter(now))
                .reduce((earlier, later) -> later)
                .orElseGet(rates::getFirst);
        return new TaxRateView(
                holds.code(),
                holds.ratePercent().toPlainString(),
                holds.validFrom(),
                holds.country(),
                holds.standard(),
                rates.getFirst().createdAt(),
                rates.stream()
                        .map(rate -> new RateView(rate.ratePercent().toPlainString(), rate.validFrom()))
                        .toList());
    }
}
