package io.countinghouse.billing.tax;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** What a code says from an instant on, until the next row of the code. */
@Entity
@Immutable
@IdClass(TaxRate.Key.class)
@Table(name = "tax_rate")
class TaxRate {
    /** Before every subscription: what holds from here on always held. */
    static final Instant ALWAYS = Instant.parse("2000-01-01T00:00:00Z");

    @Id
    private String code;

    @Id
    @Column(name = "valid_from")
    private Instant validFrom;

    @Column(name = "rate_percent")
    private BigDecimal ratePercent;

    private String country;
    private boolean standard;

    @Column(name = "created_at")
    private Instant createdAt;

    protected TaxRate() {}

    static TaxRate create(
            String code, Instant validFrom, BigDecimal ratePercent, String country, boolean standard, Instant now) {
        TaxRate rate = new TaxRate();
        rate.code = code;
        rate.validFrom = validFrom;
        rate.ratePercent = ratePercent;
        rate.country = country;
        rate.standard = standard;
        rate.createdAt = now;
        return rate;
    }

    String code() {
        return code;
    }

    Instant validFrom() {
        return validFrom;
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

    record Key(String code, Instant validFrom) implements Serializable {}
}
