package io.countinghouse.billing.period;

import io.countinghouse.billing.charge.Parts;
import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.profile.BilledParty;
import io.countinghouse.billing.rating.Charge;
import io.countinghouse.billing.subscription.BillableSubscription;
import io.countinghouse.billing.subscription.Timeline;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;

/**
 * A period between reading and storing: everything that was read to rate it, and what came out.
 *
 * @param supplementOf the billed period of which this bills what was left out; null for the bill itself
 * @param items the prices to rate
 * @param charged what could be rated, in the order of the plan
 * @param blocked what could not
 */
record Bill(
        BillableSubscription subscription,
        Parts parts,
        UUID supplementOf,
        BilledParty party,
        List<PricedPlan.Item> items,
        String cutoff,
        List<Charged> charged,
        List<Blocked> blocked) {

    record Charged(PricedPlan.Item item, Charge charge) {}

    record Blocked(PricedPlan.Item item, String reason) {}

    static Bill unrated(
            BillableSubscription subscription,
            Parts parts,
            UUID supplementOf,
            BilledParty party,
            List<PricedPlan.Item> items) {
        return new Bill(subscription, parts, supplementOf, party, items, null, List.of(), List.of());
    }

    Bill rated(String at, List<Charged> lines, List<Blocked> left) {
        return new Bill(subscription, parts, supplementOf, party, items, at, lines, left);
    }

    Timeline.Period span() {
        return parts.period();
    }

    PricedPlan plan() {
        return parts.plan();
    }

    UUID tenantId() {
        return subscription.tenantId();
    }

    boolean metered() {
        return items.stream().anyMatch(item -> item.price().model().metered());
    }

    Money net() {
        return charged.stream().map(line -> line.charge().amount()).reduce(Money.zero(plan().currency()), Money::plus);
    }
}
