package io.countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.List;

/**
 * What was used in one period.
 *
 * @param quantity the meter's total, in the meter's unit
 * @param values the value of each event by its time, source and id; empty unless the price is {@link PricingModel#perEvent()}
 * @param share what part of a whole interval the period covers
 * @param level whether the quantity is a level that holds for a time, such as seats, and not a sum that grows: a level is
 *     paid by the time that it held
 * @param earlier what earlier parts of the same interval have used of the price's tiers and allowances
 */
public record Usage(BigDecimal quantity, List<BigDecimal> values, Proration share, boolean level, Earlier earlier) {
    public Usage {
        values = List.copyOf(values);
    }

    /**
     * The earlier parts of the same interval in which a comparable price held.
     *
     * @param seconds how long they were together
     * @param quantity what was used in them, not negative
     * @param values the value of each of their events; empty unless the price is {@link PricingModel#perEvent()}
     */
    public record Earlier(long seconds, BigDecimal quantity, List<BigDecimal> values) {
        public static final Earlier NONE = new Earlier(0, BigDecimal.ZERO, List.of());

        public Earlier {
            values = List.copyOf(values);
            quantity = quantity.max(BigDecimal.ZERO);
        }
    }

    public static Usage of(BigDecimal quantity) {
        return new Usage(quantity, List.of(), Proration.WHOLE, false, Earlier.NONE);
    }

    public static Usage ofEvents(List<BigDecimal> values) {
        return new Usage(
                values.stream().reduce(BigDecimal.ZERO, BigDecimal::add), values, Proration.WHOLE, false, Earlier.NONE);
    }

    public static Usage none() {
        return of(BigDecimal.ZERO);
    }

    public Usage over(Proration covered) {
        return new Usage(quantity, values, covered, level, earlier);
    }

    public Usage asLevel() {
        return new Usage(quantity, values, share, true, earlier);
    }

    public Usage after(Earlier parts) {
        return new Usage(quantity, values, share, level, parts);
    }
}
