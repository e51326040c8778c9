package io.countinghouse.billing.rating;

import java.math.RoundingMode;
import java.util.Objects;
import org.joda.money.CurrencyUnit;

/**
 * What is charged and how its amount is rounded: once, at the line, to the decimal places of the currency.
 *
 * @param rounding {@link RoundingMode#HALF_UP} unless the price says otherwise
 */
public record Price(CurrencyUnit currency, PricingModel model, RoundingMode rounding) {
    public Price {
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(model, "model");
        if (rounding == null) {
            rounding = RoundingMode.HALF_UP;
        }
        if (rounding == RoundingMode.UNNECESSARY) {
            throw new InvalidPriceException("rounding", "rounding is UNNECESSARY, must name a direction");
        }
    }

    public static Price of(CurrencyUnit currency, PricingModel model) {
        return new Price(currency, model, RoundingMode.HALF_UP);
    }
}
