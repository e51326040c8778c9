package io.countinghouse.invoice.tax;

import java.math.BigDecimal;
import java.util.Objects;
import org.joda.money.Money;

/**
 * An amount and the rate that applies to it.
 *
 * @param code of the rate; null where no tax applies
 * @param ratePercent from 0 to 100; 19 means 19 %
 */
public record TaxableLine(Money amount, String code, BigDecimal ratePercent) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public TaxableLine {
        Objects.requireNonNull(amount, "amount");
        if (ratePercent.signum() < 0 || ratePercent.compareTo(HUNDRED) > 0) {
            throw new IllegalArgumentException(
                    "a tax rate is " + ratePercent.toPlainString() + " %, must be from 0 to 100");
        }
    }
}
