package io.countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.List;
import org.joda.money.Money;

/**
 * The result of rating one price for one period.
 *
 * @param quantity what was used, in the meter's unit; 1 for a flat fee
 * @param exact the sum of the parts, before rounding
 * @param amount {@code exact}, rounded once as the price declares
 * @param breakdown where the amount comes from, in order; empty when nothing was used
 */
public record Charge(BigDecimal quantity, BigDecimal exact, Money amount, List<Part> breakdown) {
    public Charge {
        breakdown = List.copyOf(breakdown);
    }

    /**
     * One summand, {@code amount = quantity × unitPrice + flat}, so that a reader can check it with a pencil. The
     * amount of a flat fee for a part of a period is the exact quotient to 12 digits; the line is rounded from the
     * unrounded one.
     *
     * @param unit what {@code quantity} counts: {@code unit}, {@code package}, {@code percent} (value on which the
     *     rate was taken), {@code event} or {@code period}
     * @param from the quantity above which the part begins; null where a part is not a range
     * @param to the last quantity of the part; null when it is open
     */
    public record Part(
            String unit,
            BigDecimal from,
            BigDecimal to,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal flat,
            BigDecimal amount) {

        static Part of(
                String unit,
                BigDecimal from,
                BigDecimal to,
                BigDecimal quantity,
                BigDecimal unitPrice,
                BigDecimal flat) {
            return new Part(
                    unit,
                    from,
                    to,
                    quantity,
                    unitPrice,
                    flat,
                    quantity.multiply(unitPrice).add(flat));
        }
    }
}
