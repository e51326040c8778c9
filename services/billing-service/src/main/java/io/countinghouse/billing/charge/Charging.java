package io.countinghouse.billing.charge;

import io.countinghouse.billing.plan.PlanService;
import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.rating.Charge;
import io.countinghouse.billing.rating.Price;
import io.countinghouse.billing.rating.PricingModel;
import io.countinghouse.billing.rating.Rating;
import io.countinghouse.billing.rating.UnratableUsageException;
import io.countinghouse.billing.rating.Usage;
import io.countinghouse.billing.subscription.Timeline;
import io.countinghouse.billing.usage.MeteredSpan;
import io.countinghouse.billing.usage.UsageReader;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads and rates one price for one period. */
@ApplicationScoped
public class Charging {
    /** What a line keeps of a quantity and of an amount; more digits would be lost, or refused by the database. */
    private static final int QUANTITY_INTEGERS = 20;

    private static final int QUANTITY_DECIMALS = 18;
    private static final int AMOUNT_INTEGERS = 18;

    private final UsageReader usage;
    private final PlanService plans;

    Charging(UsageReader usage, PlanService plans) {
        this.usage = usage;
        this.plans = plans;
    }

    /** The parts of the interval around a period with their plans. Joins the transaction of its caller. */
    public Uni<Parts> partsAround(Timeline timeline, Timeline.Period period) {
        List<Timeline.Period> all = period.share().isWhole() ? List.of(period) : timeline.partsAround(period);
        Uni<Map<UUID, PricedPlan>> priced = Uni.createFrom().item(new HashMap<>());
        for (UUID version :
                all.stream().map(Timeline.Period::planVersionId).distinct().toList()) {
            priced = priced.call(map -> plans.version(version).invoke(plan -> map.put(version, plan)));
        }
        return priced.map(map -> new Parts(period, all, map));
    }

    /**
     * What a price costs in its period. Reads over HTTP, so never inside a transaction.
     *
     * @param cutoff events accepted after it do not count; null counts all
     * @throws UnratableUsageException (as the failure) when what was used has no price
     */
    public Uni<Charge> charge(UUID tenantId, Parts parts, PricedPlan.Item item, String cutoff) {
        Timeline.Period period = parts.period();
        PricingModel model = item.price().model();
        Uni<Usage> used = usage.read(model, item.meter(), span(tenantId, period.start(), period.end(), cutoff))
                .map(read -> read.over(period.share()));
        if (parts.isWhole() || !model.metered()) {
            return used.map(read -> checked(Rating.rate(item.price(), read)));
        }
        return used.chain(read -> usage.isLevel(item.meter())
                .chain(level -> level
                        ? Uni.createFrom().item(Rating.rate(item.price(), read.asLevel()))
                        : earlier(tenantId, parts, item, cutoff)
                                .map(earlier -> Rating.rate(shared(parts, item), read.after(earlier))))
                .map(Charging::checked));
    }

    private static Price shared(Parts parts, PricedPlan.Item item) {
        PricingModel shared = Rating.shared(
                item.price().model(),
                parts.comparableTo(item).stream().map(Parts.Held::price).toList(),
                parts.period().share().whole());
        return new Price(item.price().currency(), shared, item.price().rounding());
    }

    /** What the earlier comparable parts have used; neighbours are read at once. */
    private Uni<Usage.Earlier> earlier(UUID tenantId, Parts parts, PricedPlan.Item item, String cutoff) {
        long seconds = 0;
        List<MeteredSpan> spans = new ArrayList<>();
        for (Parts.Held held : parts.comparableTo(item)) {
            Timeline.Period part = held.part();
            if (part.end().isAfter(parts.period().start())) {
                continue;
            }
            seconds += part.seconds();
            Instant start = part.start();
            if (!spans.isEmpty() && spans.getLast().end().equals(start)) {
                start = spans.removeLast().start();
            }
            spans.add(span(tenantId, start, part.end(), cutoff));
        }
        long held = seconds;
        Uni<List<Usage>> all = Uni.createFrom().item(new ArrayList<>());
        for (MeteredSpan span : spans) {
            all = all.call(
                    list -> usage.read(item.price().model(), item.meter(), span).invoke(list::add));
        }
        return all.map(list -> new Usage.Earlier(
                held,
                list.stream().map(Usage::quantity).reduce(BigDecimal.ZERO, BigDecimal::add),
                list.stream().flatMap(read -> read.values().stream()).toList()));
    }

    private static Charge checked(Charge charge) {
        BigDecimal quantity = charge.quantity().stripTrailingZeros();
        if (quantity.precision() - quantity.scale() > QUANTITY_INTEGERS || quantity.scale() > QUANTITY_DECIMALS) {
            throw new UnratableUsageException("quantity is " + quantity.toPlainString() + ", a line has "
                    + QUANTITY_INTEGERS + " digits before the point and " + QUANTITY_DECIMALS + " after it");
        }
        BigDecimal amount = charge.amount().getAmount();
        if (amount.precision() - amount.scale() > AMOUNT_INTEGERS) {
            throw new UnratableUsageException("amount is " + amount.toPlainString() + ", a line has " + AMOUNT_INTEGERS
                    + " digits before the point");
        }
        return charge;
    }

    private static MeteredSpan span(UUID tenantId, Instant start, Instant end, String cutoff) {
        return new MeteredSpan(tenantId, start, end, cutoff);
    }
}
