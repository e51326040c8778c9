package io.countinghouse.billing.tax;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;

@Entity
@Table(name = "tax_rate")
class TaxRate {
    @Id
    private String code;

    @Column(name = "rate_percent")
    private BigDecimal ratePercent;

    private String country;
    private boolean standard;

    @Column(name = "created_at")
    private Instant createdAt;

    protected TaxRate() {}

    static TaxRate create(CreateTaxRateRequest request, Instant now) {
        TaxRate rate = new TaxRate();
        rate.code = request.code();
        rate.ratePercent = new BigDecimal(request.ratePercent());
        rate.country = request.country();
        rate.standard = request.appliesByItself();
        rate.createdAt = now;
        return rate;
    }

    String code() {
        return code;
    }

    /** Without the zeros that the column pads with: 19, not 19.000000. */
    BigDecimal ratePercent() {
        BigDecimal plain = ratePercent.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    String country() {
        return country;
    }

    boolean standard() {
        return standard;
    }

    Instant createdAt() {
        return createdAt;
    }
}
