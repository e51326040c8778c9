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
import java.util.function.Function;
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

    /** Digits of a shared bound: bounds have 15, and a year has 8 of seconds. */
    private static final int SHARED_DIGITS = 24;

    private Rating() {}

    /**
     * The amount of one price for one period.
     *
     * @param price in its currency, with its rounding
     * @param usage quantity in the meter's unit, not negative; of a part of an interval, what came before it
     *     there; the price is then {@link #shared}
     * @return the line: exact and rounded amount, and its parts
     * @throws UnratableUsageException when the quantity is negative or lies beyond a bounded last tier
     */
    public static Charge rate(Price price, Usage usage) {
        if (usage.quantity().signum() < 0) {
            throw new UnratableUsageException(
                    "quantity is " + usage.quantity().toPlainString() + ", only a quantity of 0 or more has a price");
        }
        if (usage.level() && !usage.share().isWhole()) {
            return levelled(rate(price, usage.over(Proration.WHOLE)), price, usage.share());
        }
        Fees fees = new Fees(price, usage.share().since(usage.earlier().seconds()));
        BigDecimal before = usage.earlier().quantity();
        return switch (price.model()) {
            case Flat flat -> flat(price, flat, usage.share());
            case PerUnit perUnit -> sum(price, usage.quantity(), perUnit(perUnit, usage.quantity()));
            case Graduated graduated ->
                sum(price, usage.quantity(), graduated(graduated, before, usage.quantity(), fees));
            case Volume volume -> sum(price, usage.quantity(), volume(volume, before, usage.quantity(), fees));
            case Package pack -> sum(price, usage.quantity(), packages(pack, before, usage.quantity()));
            case Percentage percentage ->
                sum(
                        price,
                        usage.quantity(),
                        percentage(percentage, usage.earlier().values(), usage.values()));
        };
    }

    /**
     * A model as it holds in one part of a divided interval: each bound of its tiers and each allowance is the mean of
     * those that hold in the parts, weighted by their time. Together with {@link Usage#earlier()} this shares an allowance
     * over the parts, so that switching between plans neither multiplies nor loses it.
     *
     * @param model what is charged by in the part
     * @param held of each part of the interval in which a comparable price holds, this one among them: its model and
     *     its seconds; comparable means the same kind with as many tiers
     * @param whole seconds of the whole interval
     */
    public static PricingModel shared(PricingModel model, List<Held> held, long whole) {
        return switch (model) {
            case Flat flat -> flat;
            case PerUnit perUnit -> perUnit;
            case Graduated graduated ->
                new Graduated(sharedTiers(graduated.tiers(), held, whole), graduated.zeroUsageFlatFee());
            case Volume volume -> new Volume(sharedTiers(volume.tiers(), held, whole), volume.zeroUsageFlatFee());
            case Package pack ->
                new Package(
                        pack.size(),
                        pack.price(),
                        mean(held, whole, each -> ((Package) each).freeUnits(), RoundingMode.HALF_UP));
            case Percentage percentage ->
                new Percentage(
                        percentage.ratePercent(),
                        percentage.fixedPerEvent(),
                        percentage.freeEvents() == null ? null : sharedEvents(held, whole),
                        percentage.freeAmount() == null
                                ? null
                                : mean(
                                        held,
                                        whole,
                                        each -> orZero(((Percentage) each).freeAmount()),
                                        RoundingMode.HALF_UP),
                        percentage.perTransactionMin(),
                        percentage.perTransactionMax());
        };
    }

    /** A comparable price of one part of an interval. */
    public record Held(PricingModel model, long seconds) {}

    /** Whether two prices of one meter share their tiers and allowances when one follows the other. */
    public static boolean comparable(PricingModel one, PricingModel other) {
        return switch (one) {
            case Graduated graduated -> other instanceof Graduated same && alike(graduated.tiers(), same.tiers());
            case Volume volume -> other instanceof Volume same && alike(volume.tiers(), same.tiers());
            default -> one.getClass() == other.getClass();
        };
    }

    private static boolean alike(List<Tier> one, List<Tier> other) {
        return one.size() == other.size()
                && (one.getLast().upTo() == null) == (other.getLast().upTo() == null);
    }

    private static List<Tier> sharedTiers(List<Tier> tiers, List<Held> held, long whole) {
        List<Tier> shared = new ArrayList<>();
        for (int i = 0; i < tiers.size(); i++) {
            int at = i;
            Tier tier = tiers.get(i);
            // Rounded up, and finer than any bound of a plan: no tier is empty, and none swallows the next.
            BigDecimal upTo = tier.upTo() == null
                    ? null
                    : mean(held, whole, each -> orZero(tiersOf(each).get(at).upTo()), RoundingMode.UP);
            shared.add(new Tier(upTo, tier.unitPrice(), tier.flat()));
        }
        return shared;
    }

    private static List<Tier> tiersOf(PricingModel model) {
        return model instanceof Graduated graduated ? graduated.tiers() : ((Volume) model).tiers();
    }

    /** Whole events; a fraction is no event. */
    private static Integer sharedEvents(List<Held> held, long whole) {
        BigDecimal events = mean(
                held,
                whole,
                each -> BigDecimal.valueOf(
                        ((Percentage) each).freeEvents() == null ? 0 : ((Percentage) each).freeEvents()),
                RoundingMode.HALF_UP);
        return events.setScale(0, RoundingMode.FLOOR).intValueExact();
    }

    private static BigDecimal mean(
            List<Held> held, long whole, Function<PricingModel, BigDecimal> value, RoundingMode rounding) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Held part : held) {
            sum = sum.add(value.apply(part.model()).multiply(BigDecimal.valueOf(part.seconds())));
        }
        BigDecimal mean =
                sum.divide(BigDecimal.valueOf(whole), SHARED_DIGITS, rounding).stripTrailingZeros();
        return mean.scale() < 0 ? mean.setScale(0) : mean;
    }

    private static BigDecimal orZero(BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    /** The fees of tiers for a part of an interval: by the time since the tier was entered or could have been. */
    private record Fees(Price price, Proration share) {
        /** Due in this part for a fee that reached {@code earlier} before it, and is {@code now} from here on. */
        BigDecimal due(BigDecimal earlier, BigDecimal now) {
            return upTo(now, share.before() + share.covered())
                    .subtract(upTo(earlier, share.before()))
                    .max(BigDecimal.ZERO);
        }

        private BigDecimal upTo(BigDecimal fee, long seconds) {
            return seconds == share.whole()
                    ? fee
                    : new Proration(seconds, share.whole())
                            .of(fee, price.currency().getDecimalPlaces(), price.rounding());
        }
    }

    private static Charge flat(Price price, Flat flat, Proration share) {
        if (share.isWhole() || !flat.prorated()) {
            Part whole = Part.of("period", null, null, BigDecimal.ONE, flat.amount(), BigDecimal.ZERO);
            return sum(price, BigDecimal.ONE, List.of(whole));
        }
        // Divided once, straight to the currency's decimals: rounding a fraction first could move a cent.
        BigDecimal charged = share.added(flat.amount(), price.currency().getDecimalPlaces(), price.rounding());
        BigDecimal shown = share.of(flat.amount(), SHOWN_DIGITS, RoundingMode.HALF_UP);
        Part part = new Part("period", null, null, share.fraction(), flat.amount(), BigDecimal.ZERO, shown);
        return new Charge(BigDecimal.ONE, shown, Money.of(price.currency(), charged), List.of(part));
    }

    /** The level costs what it costs for a whole interval, by the time that it held. */
    private static Charge levelled(Charge whole, Price price, Proration share) {
        if (whole.exact().signum() == 0) {
            return whole;
        }
        BigDecimal charged = share.added(whole.exact(), price.currency().getDecimalPlaces(), price.rounding());
        BigDecimal shown = share.of(whole.exact(), SHOWN_DIGITS, RoundingMode.HALF_UP);
        Part part = new Part("period", null, null, share.fraction(), whole.exact(), BigDecimal.ZERO, shown);
        return new Charge(whole.quantity(), shown, Money.of(price.currency(), charged), List.of(part));
    }

    private static List<Part> perUnit(PerUnit model, BigDecimal quantity) {
        if (quantity.signum() == 0) {
            return List.of();
        }
        return List.of(Part.of("unit", BigDecimal.ZERO, null, quantity, model.unitPrice(), BigDecimal.ZERO));
    }

    private static List<Part> graduated(Graduated model, BigDecimal before, BigDecimal quantity, Fees fees) {
        BigDecimal reached = before.add(quantity);
        refuseBeyondLast(model.tiers(), reached);
        List<Part> parts = new ArrayList<>();
        BigDecimal floor = BigDecimal.ZERO;
        for (Tier tier : model.tiers()) {
            boolean dueAtZero = floor.signum() == 0 && model.zeroUsageFlatFee();
            if (reached.compareTo(floor) <= 0 && !dueAtZero) {
                break;
            }
            BigDecimal from = floor.max(before);
            BigDecimal used = (tier.reaches(reached) ? reached : tier.upTo())
                    .subtract(from)
                    .max(BigDecimal.ZERO);
            boolean entered = dueAtZero || before.compareTo(floor) > 0;
            BigDecimal fee = fees.due(entered ? tier.flat() : BigDecimal.ZERO, tier.flat());
            if (used.signum() > 0 || fee.signum() > 0) {
                parts.add(Part.of("unit", from, tier.upTo(), used, tier.unitPrice(), fee));
            }
            if (tier.reaches(reached)) {
                break;
            }
            floor = tier.upTo();
        }
        return parts;
    }

    private static List<Part> volume(Volume model, BigDecimal before, BigDecimal quantity, Fees fees) {
        BigDecimal reached = before.add(quantity);
        refuseBeyondLast(model.tiers(), reached);
        BigDecimal earlier = feeAt(model, before);
        BigDecimal floor = BigDecimal.ZERO;
        for (Tier tier : model.tiers()) {
            if (tier.reaches(reached)) {
                BigDecimal fee = fees.due(earlier, feeAt(model, reached));
                return quantity.signum() == 0 && fee.signum() == 0
                        ? List.of()
                        : List.of(Part.of("unit", floor, tier.upTo(), quantity, tier.unitPrice(), fee));
            }
            floor = tier.upTo();
        }
        throw new IllegalStateException("no tier for " + reached.toPlainString());
    }

    private static BigDecimal feeAt(Volume model, BigDecimal quantity) {
        if (quantity.signum() == 0 && !model.zeroUsageFlatFee()) {
            return BigDecimal.ZERO;
        }
        return model.tiers().stream()
                .filter(tier -> tier.reaches(quantity))
                .findFirst()
                .map(Tier::flat)
                .orElse(BigDecimal.ZERO);
    }

    private static void refuseBeyondLast(List<Tier> tiers, BigDecimal quantity) {
        Tier last = tiers.getLast();
        if (!last.reaches(quantity)) {
            throw new UnratableUsageException("quantity is " + quantity.toPlainString() + ", the last tier ends at "
                    + last.upTo().toPlainString() + " and nothing prices what lies beyond");
        }
    }

    private static List<Part> packages(Package model, BigDecimal before, BigDecimal quantity) {
        List<Part> parts = new ArrayList<>();
        BigDecimal free =
                model.freeUnits().subtract(before).max(BigDecimal.ZERO).min(quantity);
        if (free.signum() > 0) {
            parts.add(Part.of("unit", before, model.freeUnits(), free, BigDecimal.ZERO, BigDecimal.ZERO));
        }
        BigDecimal begun = begun(model, before.add(quantity)).subtract(begun(model, before));
        if (begun.signum() > 0) {
            parts.add(Part.of("package", before.add(free), null, begun, model.price(), BigDecimal.ZERO));
        }
        return parts;
    }

    private static BigDecimal begun(Package model, BigDecimal quantity) {
        return quantity.subtract(model.freeUnits()).max(BigDecimal.ZERO).divide(model.size(), 0, RoundingMode.CEILING);
    }

    /** Events at the minimum, events at the maximum and all others are one part each: readable for any number. */
    private static List<Part> percentage(Percentage model, List<BigDecimal> earlier, List<BigDecimal> values) {
        BigDecimal rate = model.ratePercent().movePointLeft(2);
        BigDecimal freeValue = BigDecimal.ZERO;
        BigDecimal ratedValue = BigDecimal.ZERO;
        BigDecimal ratedFixed = BigDecimal.ZERO;
        long atMin = 0;
        long atMax = 0;
        FreePart free = new FreePart(model);
        earlier.stream().filter(value -> value.signum() >= 0).forEach(free::take);
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
