package io.countinghouse.billing.period;

import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.profile.BilledParty;
import io.countinghouse.billing.rating.Charge;
import io.countinghouse.billing.subscription.BillableSubscription;
import io.countinghouse.billing.subscription.Timeline;
import java.util.List;
import org.joda.money.Money;

/**
 * A period between reading and storing: everything that was read to rate it, and what came out.
 *
 * @param charges one for each price of the plan, in its order
 */
record Bill(
        BillableSubscription subscription,
        Timeline.Period span,
        PricedPlan plan,
        BilledParty party,
        String cutoff,
        List<Charge> charges) {

    Money net() {
        return charges.stream().map(Charge::amount).reduce(Money.zero(plan.currency()), Money::plus);
    }
}
