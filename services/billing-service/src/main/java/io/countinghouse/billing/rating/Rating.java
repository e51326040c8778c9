package io.countinghouse.billing.rating;

import io.countinghouse.billing.rating.Charge.Part;
import io.countinghouse.billing.rating.PricingModel.Flat;
import io.countinghouse.billing.rating.PricingModel.Graduated;
import io.countinghouse.billing.rating.PricingModel.Package;
import io.countinghouse.billing.rating.PricingModel.PerUnit;
import io.countinghouse.billing.rating.PricingModel.Percentage;
import io.countinghouse.billing.rating.PricingModel.Volume;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;

/**
 * Where the money is decided. Each model turns usage into parts, the parts add up exactly, and the sum is rounded
 * once, as the price declares.
 *
 * <p>The rules are those that Lago, OpenMeter, flexprice and Kill Bill publish for these models, with the convention
 * on which they differ carried by the model; their published numbers are the tests.
 */
public final class Rating {
    /** Digits that the shown amount of a prorated flat fee keeps; the charged one is divided at the currency's. */
    private static final int SHOWN_DIGITS = 12;

    private Rating() {}

    /**
     * The amount of one price for one period.
     *
     * @param price in its currency, with its rounding
     * @param usage quantity in the meter's unit, not negative
     * @return the line: exact and rounded amount, and its parts
     * @throws UnratableUsageException when the quantity is negative or lies beyond a bounded last tier
     */
    public static Charge rate(Price price, Usage usage) {
        if (usage.quantity().signum() < 0) {
            throw new UnratableUsageException(
                    "quantity is " + usage.quantity().toPlainString() + ", only a quantity of 0 or more has a price");
        }
        return switch (price.model()) {
            case Flat flat -> flat(price, flat, usage.share());
            case PerUnit perUnit -> sum(price, usage.quantity(), perUnit(perUnit, usage.quantity()));
            case Graduated graduated -> sum(price, usage.quantity(), graduated(graduated, usage.quantity()));
            case Volume volume -> sum(price, usage.quantity(), volume(volume, usage.quantity()));
            case Package pack -> sum(price, usage.quantity(), packages(pack, usage.quantity()));
            case Percentage percentage -> sum(price, usage.quantity(), percentage(percentage, usage.values()));
        };
    }

    private static Charge flat(Price price, Flat flat, Proration share) {
        if (share.isWhole() || !flat.prorated()) {
            Part whole = Part.of("period", null, null, BigDecimal.ONE, flat.amount(), BigDecimal.ZERO);
            return sum(price, BigDecimal.ONE, List.of(whole));
        }
        // Divided once, straight to the currency's decimals: rounding a fraction first could move a cent.
        BigDecimal charged = share.of(flat.amount(), price.currency().getDecimalPlaces(), price.rounding());
        BigDecimal shown = share.of(flat.amount(), SHOWN_DIGITS, RoundingMode.HALF_UP);
        Part part = new Part("period", null, null, share.fraction(), flat.amount(), BigDecimal.ZERO, shown);
        return new Charge(BigDecimal.ONE, shown, Money.of(price.currency(), charged), List.of(part));
    }

    private static List<Part> perUnit(PerUnit model, BigDecimal quantity) {
        if (quantity.signum() == 0) {
            return List.of();
        }
        return List.of(Part.of("unit", BigDecimal.ZERO, null, quantity, model.unitPrice(), BigDecimal.ZERO));
    }

    private static List<Part> graduated(Graduated model, BigDecimal quantity) {
        if (quantity.signum() == 0) {
            return atZero(model.tiers().getFirst(), model.zeroUsageFlatFee());
        }
        refuseBeyondLast(model.tiers(), quantity);
        List<Part> parts = new ArrayList<>();
        BigDecimal floor = BigDecimal.ZERO;
        for (Tier tier : model.tiers()) {
            BigDecimal ceiling = tier.reaches(quantity) ? quantity : tier.upTo();
            parts.add(Part.of("unit", floor, tier.upTo(), ceiling.subtract(floor), tier.unitPrice(), tier.flat()));
            if (tier.reaches(quantity)) {
                break;
            }
            floor = tier.upTo();
        }
        return parts;
    }

    private static List<Part> volume(Volume model, BigDecimal quantity) {
        if (quantity.signum() == 0) {
            return atZero(model.tiers().getFirst(), model.zeroUsageFlatFee());
        }
        refuseBeyondLast(model.tiers(), quantity);
        BigDecimal floor = BigDecimal.ZERO;
        for (Tier tier : model.tiers()) {
            if (tier.reaches(quantity)) {
                return List.of(Part.of("unit", floor, tier.upTo(), quantity, tier.unitPrice(), tier.flat()));
            }
            floor = tier.upTo();
        }
        throw new IllegalStateException("no tier for " + quantity.toPlainString());
    }

    private static List<Part> atZero(Tier first, boolean flatFee) {
        if (!flatFee || first.flat().signum() == 0) {
            return List.of();
        }
        return List.of(
                Part.of("unit", BigDecimal.ZERO, first.upTo(), BigDecimal.ZERO, first.unitPrice(), first.flat()));
    }

    private static void refuseBeyondLast(List<Tier> tiers, BigDecimal quantity) {
        Tier last = tiers.getLast();
        if (!last.reaches(quantity)) {
            throw new UnratableUsageException("quantity is " + quantity.toPlainString() + ", the last tier ends at "
                    + last.upTo().toPlainString() + " and nothing prices what lies beyond");
        }
    }

    private static List<Part> packages(Package model, BigDecimal quantity) {
        List<Part> parts = new ArrayList<>();
        BigDecimal free = model.freeUnits().min(quantity);
        if (free.signum() > 0) {
            parts.add(Part.of("unit", BigDecimal.ZERO, model.freeUnits(), free, BigDecimal.ZERO, BigDecimal.ZERO));
        }
        BigDecimal paid = quantity.subtract(free);
        if (paid.signum() > 0) {
            BigDecimal begun = paid.divide(model.size(), 0, RoundingMode.CEILING);
            parts.add(Part.of("package", free, null, begun, model.price(), BigDecimal.ZERO));
        }
        return parts;
    }

    /** Events at the minimum, events at the maximum and all others are one part each: readable for any number. */
    private static List<Part> percentage(Percentage model, List<BigDecimal> values) {
        BigDecimal rate = model.ratePercent().movePointLeft(2);
        BigDecimal freeValue = BigDecimal.ZERO;
        BigDecimal ratedValue = BigDecimal.ZERO;
        BigDecimal ratedFixed = BigDecimal.ZERO;
        long atMin = 0;
        long atMax = 0;
        FreePart free = new FreePart(model);
        for (BigDecimal value : values) {
            if (value.signum() < 0) {
                throw new UnratableUsageException(
                        "an event's value is " + value.toPlainString() + ", a percentage is taken of 0 or more");
            }
            BigDecimal unpaid = free.take(value);
            freeValue = freeValue.add(unpaid);
            if (free.coveredLast()) {
                continue;
            }
            BigDecimal paid = value.subtract(unpaid);
            BigDecimal fee = paid.multiply(rate).add(model.fixedPerEvent());
            if (model.perTransactionMin() != null && fee.compareTo(model.perTransactionMin()) < 0) {
                atMin++;
            } else if (model.perTransactionMax() != null && fee.compareTo(model.perTransactionMax()) > 0) {
                atMax++;
            } else {
                ratedValue = ratedValue.add(paid);
                ratedFixed = ratedFixed.add(model.fixedPerEvent());
            }
        }
        List<Part> parts = new ArrayList<>();
        if (freeValue.signum() > 0) {
            parts.add(Part.of("percent", null, null, freeValue, BigDecimal.ZERO, BigDecimal.ZERO));
        }
        if (ratedValue.signum() > 0 || ratedFixed.signum() > 0) {
            parts.add(Part.of("percent", null, null, ratedValue, rate, ratedFixed));
        }
        if (atMin > 0) {
            parts.add(Part.of(
                    "event", null, null, BigDecimal.valueOf(atMin), model.perTransactionMin(), BigDecimal.ZERO));
        }
        if (atMax > 0) {
            parts.add(Part.of(
                    "event", null, null, BigDecimal.valueOf(atMax), model.perTransactionMax(), BigDecimal.ZERO));
        }
        return parts;
    }

    private static Charge sum(Price price, BigDecimal quantity, List<Part> parts) {
        BigDecimal exact = parts.stream().map(Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Charge(quantity, exact, Money.of(price.currency(), exact, price.rounding()), parts);
    }
}
