package io.countinghouse.billing.rating;

import java.math.BigDecimal;

/**
 * One step of a tiered price.
 *
 * @param upTo the last quantity that belongs to this tier, inclusive; {@code null} leaves the tier open
 * @param unitPrice amount in the price's currency for one unit
 * @param flat amount in the price's currency that is due as soon as one unit falls into the tier
 */
public record Tier(BigDecimal upTo, BigDecimal unitPrice, BigDecimal flat) {
    public Tier {
        if (upTo != null && upTo.signum() <= 0) {
            throw new InvalidPriceException("tiers", "up_to is " + upTo.toPlainString() + ", must be greater than 0");
        }
        unitPrice = InvalidPriceException.notNegative("tiers", "unit_price", unitPrice);
        flat = InvalidPriceException.notNegative("tiers", "flat", flat == null ? BigDecimal.ZERO : flat);
    }

    boolean reaches(BigDecimal quantity) {
        return upTo == null || quantity.compareTo(upTo) <= 0;
    }
}
