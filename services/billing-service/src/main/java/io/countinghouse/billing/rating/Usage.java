package io.countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.List;

/**
 * What was used in one period.
 *
 * @param quantity the meter's total, in the meter's unit
 * @param values the value of each event by the time of the event, then source and id; empty unless the price is {@link PricingModel#perEvent()}
 * @param share what part of a whole interval the period covers
 */
public record Usage(BigDecimal quantity, List<BigDecimal> values, Proration share) {
    public Usage {
        values = List.copyOf(values);
    }

    public static Usage of(BigDecimal quantity) {
        return new Usage(quantity, List.of(), Proration.WHOLE);
    }

    public static Usage ofEvents(List<BigDecimal> values) {
        return new Usage(values.stream().reduce(BigDecimal.ZERO, BigDecimal::add), values, Proration.WHOLE);
    }

    public static Usage none() {
        return of(BigDecimal.ZERO);
    }

    public Usage over(Proration covered) {
        return new Usage(quantity, values, covered);
    }
}
