package io.countinghouse.billing.tax;

import java.time.Instant;

record TaxRateView(String code, String ratePercent, String country, boolean standard, Instant createdAt) {
    static TaxRateView of(TaxRate rate) {
        return new TaxRateView(
                rate.code(), rate.ratePercent().toPlainString(), rate.country(), rate.standard(), rate.createdAt());
    }
}
