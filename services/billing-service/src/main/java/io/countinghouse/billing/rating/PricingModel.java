package io.countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a price may be. Amounts are decimals in the currency of the price and are never negative; quantities are in
 * the unit of the meter. Where published systems differ, the model carries the convention as a field, so that no
 * convention is hidden in the arithmetic. A model that cannot be charged by is refused with {@link
 * InvalidPriceException} when it is made.
 */
public sealed interface PricingModel {

    /** Whether the amount follows from usage; false only for {@link Flat}. */
    default boolean metered() {
        return true;
    }

    /** Whether the amount needs the value of every single event, and not only their total. */
    default boolean perEvent() {
        return false;
    }

    /**
     * The same amount each period, whatever was used.
     *
     * @param prorated whether a period that is shorter than a whole interval costs only its part
     */
    record Flat(BigDecimal amount, boolean prorated) implements PricingModel {
        public Flat {
            InvalidPriceException.notNegative("amount", amount);
        }

        @Override
        public boolean metered() {
            return false;
        }
    }

    /** {@code quantity × unitPrice}. */
    record PerUnit(BigDecimal unitPrice) implements PricingModel {
        public PerUnit {
            InvalidPriceException.notNegative("unit_price", unitPrice);
        }
    }

    /**
     * Each unit costs what the tier it falls into says, and each tier that is entered adds its flat fee.
     *
     * @param zeroUsageFlatFee whether the first tier's flat fee is due when nothing was used
     */
    record Graduated(List<Tier> tiers, boolean zeroUsageFlatFee) implements PricingModel {
        public Graduated {
            tiers = ascending(tiers);
        }
    }

    /**
     * All units cost what the tier that the whole quantity falls into says, plus that tier's flat fee.
     *
     * @param zeroUsageFlatFee whether the first tier's flat fee is due when nothing was used
     */
    record Volume(List<Tier> tiers, boolean zeroUsageFlatFee) implements PricingModel {
        public Volume {
            tiers = ascending(tiers);
        }
    }

    /**
     * {@code ⌈(quantity − freeUnits) / size⌉ × price}: a package that was begun is paid in full.
     *
     * @param size units in one package, greater than 0
     * @param freeUnits units of each period that cost nothing
     */
    record Package(BigDecimal size, BigDecimal price, BigDecimal freeUnits) implements PricingModel {
        public Package {
            if (size == null || size.signum() <= 0) {
                throw new InvalidPriceException(
                        "package_size",
                        "package_size is " + (size == null ? "missing" : size.toPlainString())
                                + ", must be greater than 0");
            }
            InvalidPriceException.notNegative("package_price", price);
            freeUnits =
                    freeUnits == null ? BigDecimal.ZERO : InvalidPriceException.notNegative("free_units", freeUnits);
        }
    }

    /**
     * A part of the value of each event, as for payments. The free part lasts until {@code freeEvents} events or
     * {@code freeAmount} of value have passed, whichever comes first; the event that crosses {@code freeAmount} is
     * paid on what lies beyond it. {@code perTransactionMin} and {@code perTransactionMax} bound what one paid event
     * costs, its fixed fee included.
     *
     * @param ratePercent 1.3 means 1.3 %
     * @param fixedPerEvent amount added for each paid event
     * @param freeEvents {@code null}: no such limit; when both limits are null nothing is free
     * @param freeAmount {@code null}: no such limit
     * @param perTransactionMin {@code null}: not bounded below
     * @param perTransactionMax {@code null}: not bounded above
     */
    record Percentage(
            BigDecimal ratePercent,
            BigDecimal fixedPerEvent,
            Integer freeEvents,
            BigDecimal freeAmount,
            BigDecimal perTransactionMin,
            BigDecimal perTransactionMax)
            implements PricingModel {
        public Percentage {
            InvalidPriceException.notNegative("rate_percent", ratePercent);
            fixedPerEvent = fixedPerEvent == null
                    ? BigDecimal.ZERO
                    : InvalidPriceException.notNegative("fixed_per_event", fixedPerEvent);
            if (freeEvents != null && freeEvents < 0) {
                throw new InvalidPriceException(
                        "free_events", "free_events is " + freeEvents + ", must not be negative");
            }
            InvalidPriceException.notNegativeOrNull("free_amount", freeAmount);
            InvalidPriceException.notNegativeOrNull("per_transaction_min", perTransactionMin);
            InvalidPriceException.notNegativeOrNull("per_transaction_max", perTransactionMax);
            if (perTransactionMin != null
                    && perTransactionMax != null
                    && perTransactionMin.compareTo(perTransactionMax) > 0) {
                throw new InvalidPriceException(
                        "per_transaction_min",
                        "per_transaction_min is " + perTransactionMin.toPlainString()
                                + ", must not exceed per_transaction_max " + perTransactionMax.toPlainString());
            }
        }

        @Override
        public boolean perEvent() {
            return true;
        }
    }

    private static List<Tier> ascending(List<Tier> tiers) {
        if (tiers == null || tiers.isEmpty()) {
            throw new InvalidPriceException("tiers", "tiers is empty, at least one tier is needed");
        }
        BigDecimal floor = BigDecimal.ZERO;
        for (int i = 0; i < tiers.size(); i++) {
            BigDecimal upTo = tiers.get(i).upTo();
            if (upTo == null) {
                if (i < tiers.size() - 1) {
                    throw new InvalidPriceException(
                            "tiers", "tier " + (i + 1) + " has no up_to, only the last of " + tiers.size() + " may");
                }
            } else {
                if (upTo.compareTo(floor) <= 0) {
                    throw new InvalidPriceException(
                            "tiers",
                            "tier " + (i + 1) + " ends at " + upTo.toPlainString() + ", must be above "
                                    + floor.toPlainString());
                }
                floor = upTo;
            }
        }
        return List.copyOf(tiers);
    }
}
