package io.countinghouse.billing.subscription;

import io.countinghouse.billing.plan.PlanService;
import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.rating.BillingCalendar;
import io.countinghouse.billing.subscription.Timeline.Phase;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reading of subscriptions, here and by the features that bill them. Every method joins a running transaction. */
@ApplicationScoped
public class Subscriptions {
    private final SubscriptionRepository subscriptions;
    private final SubscriptionPhaseRepository phases;
    private final PlanService plans;
    private final Clock clock;

    Subscriptions(
            SubscriptionRepository subscriptions, SubscriptionPhaseRepository phases, PlanService plans, Clock clock) {
        this.subscriptions = subscriptions;
        this.phases = phases;
        this.plans = plans;
        this.clock = clock;
    }

    /** 404 for one that does not exist, or that the transaction must not see. */
    public Uni<BillableSubscription> billable(UUID id) {
        return require(id).chain(this::billable);
    }

    /** The subscription that runs now; null when the tenant has none. */
    public Uni<BillableSubscription> running(UUID tenantId) {
        return subscriptions
                .running(tenantId, clock.instant())
                .chain(found -> found == null ? Uni.createFrom().nullItem() : billable(found));
    }

    /** The subscription that runs now, or else the one that ended last; null when the tenant never had any. */
    public Uni<BillableSubscription> watched(UUID tenantId) {
        return running(tenantId)
                .chain(running -> running != null
                        ? Uni.createFrom().item(running)
                        : subscriptions
                                .latest(tenantId)
                                .chain(found -> found == null ? Uni.createFrom().nullItem() : billable(found)));
    }

    /** The shares that have a subscription of which {@link #due} tells; each belongs to one of {@code shares}, for ever. */
    public Uni<List<Integer>> sharesDue(Instant by, int shares) {
        return subscriptions.sharesDue(by, shares);
    }

    /**
     * Subscriptions of a share with a period that ended at an instant or before it and is not billed, longest due first. One
     * that was made later than that instant is left out: who backdates a subscription sends its usage afterwards.
     */
    public Uni<List<UUID>> due(Instant by, int share, int shares, int limit) {
        return subscriptions.due(by, share, shares, limit);
    }

    /** How long the one that is due longest has been, in seconds, at the given instant; zero when none is due. */
    public Uni<Double> longestDueSeconds(Instant by) {
        return subscriptions.longestDueSeconds(by);
    }

    /** How many subscriptions {@link #due} would find. */
    public Uni<Long> countDue(Instant by) {
        return subscriptions.countDue(by);
    }

    /**
     * Marks a period as billed, and answers false, having changed nothing, when the subscription is no longer what the
     * bill was made of: it changed, or somebody else billed the period. Locks the subscription until the end of the
     * transaction.
     */
    public Uni<Boolean> markClosed(BillableSubscription read, Timeline.Period period) {
        return subscriptions.lock(read.id()).chain(subscription -> {
            if (subscription.revision() != read.revision()
                    || !subscription.closedThrough().equals(period.start())) {
                return Uni.createFrom().item(false);
            }
            subscription.closedThrough(period.end());
            subscription.follow(read.timeline());
            return subscriptions.flush().replaceWith(true);
        });
    }

    Uni<SubscriptionView> view(UUID id) {
        return require(id).chain(this::view);
    }

    Uni<SubscriptionView> view(Subscription subscription) {
        Instant now = clock.instant();
        return timeline(subscription).chain(timeline -> {
            Instant at = now.isBefore(subscription.startAt()) ? subscription.startAt() : now;
            Optional<Phase> pending = timeline.pendingAt(now);
            return plans.version(timeline.phaseAt(at).planVersionId())
                    .chain(plan -> pending.map(phase -> plans.version(phase.planVersionId()))
                            .orElse(Uni.createFrom().<PricedPlan>nullItem())
                            .map(next -> SubscriptionView.of(subscription, timeline, plan, next, now)));
        });
    }

    Uni<Page<SubscriptionView>> page(UUID tenantId, PageRequest page) {
        return subscriptions
                .page(tenantId, page.afterId().orElse(null), page.limit())
                .map(rows -> Page.of(rows, page.limit(), row -> row.id().toString()))
                .chain(rows -> views(rows.data()).map(views -> new Page<>(views, rows.next())));
    }

    Uni<Timeline> timeline(Subscription subscription) {
        BillingCalendar calendar = new BillingCalendar(subscription.startAt(), subscription.intervalMonths());
        return phases.of(subscription.id())
                .map(rows -> new Timeline(
                        calendar,
                        subscription.endAt(),
                        rows.stream().map(SubscriptionPhase::toPhase).toList()));
    }

    /** One after the other: a session takes one query at a time. */
    private Uni<List<SubscriptionView>> views(List<Subscription> rows) {
        Uni<List<SubscriptionView>> views = Uni.createFrom().item(new ArrayList<>());
        for (Subscription row : rows) {
            views = views.call(list -> view(row).invoke(list::add));
        }
        return views;
    }

    private Uni<BillableSubscription> billable(Subscription subscription) {
        return timeline(subscription)
                .map(timeline -> new BillableSubscription(
                        subscription.id(),
                        subscription.tenantId(),
                        subscription.closedThrough(),
                        subscription.revision(),
                        timeline));
    }

    private Uni<Subscription> require(UUID id) {
        return subscriptions
                .findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("subscription", id));
    }
}
