package io.countinghouse.billing.charge;

import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.rating.Rating;
import io.countinghouse.billing.subscription.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A period and the other parts of its interval, each with the plan that prices it.
 *
 * @param all in their order, the period among them
 * @param plans of all parts, by plan version
 */
public record Parts(Timeline.Period period, List<Timeline.Period> all, Map<UUID, PricedPlan> plans) {
    public Parts {
        all = List.copyOf(all);
        plans = Map.copyOf(plans);
    }

    /** The same with another plan in the place of the period's own. */
    public Parts pricedBy(PricedPlan plan) {
        Timeline.Period moved = new Timeline.Period(period.start(), period.end(), period.whole(), plan.versionId());
        List<Timeline.Period> parts =
                all.stream().map(part -> part.equals(period) ? moved : part).toList();
        Map<UUID, PricedPlan> priced = new HashMap<>(plans);
        priced.put(plan.versionId(), plan);
        return new Parts(moved, parts, priced);
    }

    public PricedPlan plan() {
        return plans.get(period.planVersionId());
    }

    boolean isWhole() {
        return period.share().isWhole();
    }

    /** A part in which a price holds that is comparable to that of the period. */
    record Held(Timeline.Period part, Rating.Held price) {}

    /** Of a plan with two comparable prices of one meter the first goes with the first. */
    List<Held> comparableTo(PricedPlan.Item item) {
        int place = matching(plan(), item).indexOf(item);
        List<Held> held = new ArrayList<>();
        for (Timeline.Period part : all) {
            List<PricedPlan.Item> same = matching(plans.get(part.planVersionId()), item);
            if (place < same.size()) {
                held.add(new Held(part, new Rating.Held(same.get(place).price().model(), part.seconds())));
            }
        }
        return held;
    }

    private static List<PricedPlan.Item> matching(PricedPlan plan, PricedPlan.Item item) {
        return plan.items().stream()
                .filter(other -> item.meter().equals(other.meter())
                        && Rating.comparable(item.price().model(), other.price().model()))
                .toList();
    }
}
