package io.countinghouse.billing.period;

import io.countinghouse.billing.charge.Charging;
import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.profile.ProfileService;
import io.countinghouse.billing.subscription.Subscriptions;
import io.countinghouse.billing.subscription.Timeline;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Bills what a bill left out, once it can be rated: a period of its own with the same span, so that it gets its own
 * invoice. Usage is read anew, at a cutoff of now: mending it is what made the charge ratable.
 */
@ApplicationScoped
class Supplements {
    private final TenantTransaction transaction;
    private final Subscriptions subscriptions;
    private final ProfileService profiles;
    private final Charging charging;
    private final BillingPeriodRepository periods;
    private final BlockedCharges blockedCharges;
    private final PeriodCloser closer;
    private final Clock clock;

    Supplements(
            TenantTransaction transaction,
            Subscriptions subscriptions,
            ProfileService profiles,
            Charging charging,
            BillingPeriodRepository periods,
            BlockedCharges blockedCharges,
            PeriodCloser closer,
            Clock clock) {
        this.transaction = transaction;
        this.subscriptions = subscriptions;
        this.profiles = profiles;
        this.charging = charging;
        this.periods = periods;
        this.blockedCharges = blockedCharges;
        this.closer = closer;
        this.clock = clock;
    }

    /** Reads over HTTP, so never inside a transaction. A supplement of a supplement is one of the bill itself. */
    Uni<Bill> rated(UUID periodId) {
        return transaction.asCaller(() -> read(periodId)).chain(closer::rate).invoke(bill -> {
            if (bill.charged().isEmpty()) {
                throw new ProblemException(
                        422,
                        "usage-unratable",
                        "Unprocessable content",
                        "Nothing of period '" + periodId + "' can be rated yet: "
                                + bill.blocked().getFirst().reason(),
                        bill.blocked().stream()
                                .map(blocked -> new FieldError(blocked.item().name(), blocked.reason()))
                                .toList());
            }
        });
    }

    /** In the caller's transaction; a charge that somebody else has resolved meanwhile is refused (409). */
    Uni<PeriodDocument> store(Bill bill) {
        UUID periodId = bill.supplementOf();
        return blockedCharges.lockBlocked(periodId).chain(blocked -> {
            Map<UUID, BlockedCharge> byPrice =
                    blocked.stream().collect(Collectors.toMap(BlockedCharge::priceId, Function.identity()));
            if (!bill.items().stream().map(PricedPlan.Item::priceId).allMatch(byPrice::containsKey)) {
                throw ProblemException.conflict(
                        "nothing-blocked", "A charge of period '" + periodId + "' was resolved meanwhile.");
            }
            return closer.persist(bill).invoke(document -> {
                bill.charged()
                        .forEach(line ->
                                byPrice.get(line.item().priceId()).billedBy(document.periodId(), clock.instant()));
                bill.blocked()
                        .forEach(left -> byPrice.get(left.item().priceId()).stillFor(left.reason()));
            });
        });
    }

    private Uni<Bill> read(UUID periodId) {
        return periods.findById(periodId)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("period", periodId))
                .chain(period -> blockedCharges
                        .requireBlocked(periodId)
                        .chain(blocked -> subscriptions
                                .billable(period.subscriptionId())
                                .chain(subscription -> {
                                    Timeline.Period span = subscription
                                            .timeline()
                                            .startingAt(period.periodStart())
                                            .orElseThrow();
                                    return charging.partsAround(subscription.timeline(), span)
                                            .chain(parts -> profiles.billedParty(period.tenantId(), period.periodEnd())
                                                    .map(party -> Bill.unrated(
                                                            subscription,
                                                            parts,
                                                            periodId,
                                                            party,
                                                            itemsOf(parts.plan(), blocked))));
                                })));
    }

    private static List<PricedPlan.Item> itemsOf(PricedPlan plan, List<BlockedCharge> blocked) {
        List<UUID> prices = blocked.stream().map(BlockedCharge::priceId).toList();
        return plan.items().stream()
                .filter(item -> prices.contains(item.priceId()))
                .toList();
    }
}
