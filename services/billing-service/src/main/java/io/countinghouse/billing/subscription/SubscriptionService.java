package io.countinghouse.billing.subscription;

import io.countinghouse.billing.ledger.Ledger;
import io.countinghouse.billing.ledger.LedgerEntry;
import io.countinghouse.billing.plan.PlanService;
import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.profile.ProfileService;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.event.DomainEvent;
import io.countinghouse.defaults.event.Outbox;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** Changes of subscriptions. Every method joins the transaction of its caller. */
@ApplicationScoped
@Startup
class SubscriptionService {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final SubscriptionRepository subscriptions;
    private final SubscriptionPhaseRepository phases;
    private final Subscriptions billable;
    private final PlanService plans;
    private final ProfileService profiles;
    private final Ledger ledger;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Caller caller;
    private final Clock clock;
    private final Counter upgrades;

    SubscriptionService(
            SubscriptionRepository subscriptions,
            SubscriptionPhaseRepository phases,
            Subscriptions billable,
            PlanService plans,
            ProfileService profiles,
            Ledger ledger,
            Outbox outbox,
            AuditTrail audit,
            Caller caller,
            Clock clock,
            MeterRegistry metrics) {
        this.subscriptions = subscriptions;
        this.phases = phases;
        this.billable = billable;
        this.plans = plans;
        this.profiles = profiles;
        this.ledger = ledger;
        this.outbox = outbox;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
        this.upgrades = metrics.counter("billing.upgrades");
    }

    Uni<SubscriptionView> create(UUID tenantId, CreateSubscriptionRequest request) {
        Instant now = now();
        Instant start = request.startAt() == null ? now : request.startAt().truncatedTo(ChronoUnit.SECONDS);
        Instant end = request.endAt() == null ? null : request.endAt().truncatedTo(ChronoUnit.SECONDS);
        checkSpan(start, end, now);
        return plans.takenBy(request.planCode(), tenantId)
                .call(() -> subscriptions.lockTenant(tenantId))
                .call(() -> refuseOverlap(tenantId, start, end))
                .chain(plan -> {
                    Subscription made = Subscription.create(tenantId, plan.intervalMonths(), start, end, now);
                    return subscriptions
                            .persistAndFlush(made)
                            .chain(() -> phases.persistAndFlush(SubscriptionPhase.of(made, plan.versionId(), start)))
                            .chain(() -> finish(made, "created", plan));
                });
    }

    Uni<SubscriptionView> upgrade(UUID id, ChangePlanRequest request) {
        return change(id, request, "upgraded", true);
    }

    Uni<SubscriptionView> downgrade(UUID id, ChangePlanRequest request) {
        return change(id, request, "downgraded", Boolean.FALSE.equals(request.atPeriodEnd()));
    }

    /** Takes an announced cancellation back: the subscription runs on, to the end that it was made with. */
    Uni<SubscriptionView> resume(UUID id) {
        Instant now = now();
        return lockRunning(id, now).chain(subscription -> {
            if (!subscription.endsByCancellation()) {
                throw ProblemException.conflict(
                        "not-canceled",
                        "Subscription '" + id + "' is not cancelled, so there is nothing to take back.");
            }
            return resume(subscription)
                    .chain(() -> billable.timeline(subscription))
                    .chain(timeline -> plans.version(
                            timeline.phaseAt(later(now, subscription.startAt())).planVersionId()))
                    .chain(plan -> finish(subscription, "resumed", plan));
        });
    }

    /** Room for it must still be there: another subscription may have been made for the time after the end. */
    private Uni<Void> resume(Subscription subscription) {
        Instant announcedEnd = subscription.endAt();
        return subscriptions
                .lockTenant(subscription.tenantId())
                .chain(() -> refuseOverlap(subscription.tenantId(), announcedEnd, subscription.madeUntil()))
                .invoke(subscription::resume)
                .chain(subscriptions::flush);
    }

    Uni<SubscriptionView> cancel(UUID id, boolean atOnce) {
        Instant now = now();
        return lockRunning(id, now)
                .chain(subscription -> billable.timeline(subscription)
                        .chain(timeline -> {
                            // Before its start there is no period to wait for: the subscription ends without having
                            // begun.
                            Instant end = atOnce || now.isBefore(subscription.startAt())
                                    ? later(now, subscription.startAt())
                                    : timeline.calendar().containing(now).end();
                            subscription.cancelAt(earlier(end, subscription.endAt()), now);
                            return phases.withdrawFrom(
                                            id,
                                            later(
                                                    subscription.endAt(),
                                                    subscription.startAt().plusNanos(1_000)))
                                    .chain(() -> plans.version(timeline.phaseAt(later(now, subscription.startAt()))
                                            .planVersionId()));
                        })
                        .chain(plan -> finish(subscription, "canceled", plan)));
    }

    private Uni<SubscriptionView> change(UUID id, ChangePlanRequest request, String change, boolean atOnce) {
        Instant now = now();
        return lockRunning(id, now)
                .chain(subscription -> billable.timeline(subscription).chain(timeline -> {
                    Instant base = later(now, subscription.startAt());
                    Instant from = atOnce || now.isBefore(subscription.startAt())
                            ? base
                            : timeline.calendar().containing(base).end();
                    boolean resumes = Boolean.TRUE.equals(request.withdrawCancellation());
                    return plans.version(timeline.phaseAt(base).planVersionId())
                            .chain(old -> staysOn(old, request, timeline, now, atOnce)
                                    .chain(stays -> stays
                                            ? withdraw(subscription, old, base)
                                            : (resumes && subscription.endsByCancellation()
                                                            ? resume(subscription)
                                                            : Uni.createFrom().voidItem())
                                                    .chain(() -> move(subscription, old, request, change, from))));
                }));
    }

    /**
     * Whether the request names the plan that the subscription is on while another one was announced. An upgrade may mean
     * the newest version of the same plan instead.
     */
    private Uni<Boolean> staysOn(
            PricedPlan old, ChangePlanRequest request, Timeline timeline, Instant now, boolean atOnce) {
        if (!old.code().equals(request.planCode()) || timeline.pendingAt(now).isEmpty()) {
            return Uni.createFrom().item(false);
        }
        return atOnce ? plans.isNewest(old) : Uni.createFrom().item(true);
    }

    private Uni<SubscriptionView> withdraw(Subscription subscription, PricedPlan plan, Instant base) {
        return phases.withdrawFrom(subscription.id(), base.plusNanos(1_000))
                .chain(() -> finish(subscription, "kept", plan));
    }

    private Uni<SubscriptionView> move(
            Subscription subscription, PricedPlan old, ChangePlanRequest request, String change, Instant from) {
        UUID id = subscription.id();
        return plans.takenBy(request.planCode(), subscription.tenantId())
                .invoke(plan -> {
                    checkChange(old, plan);
                    if (subscription.endedBy(from)) {
                        throw ProblemException.unprocessable(
                                "subscription-ends-before",
                                "The change would start at " + from + ", the subscription ends at "
                                        + subscription.endAt() + ".");
                    }
                    if (subscription.endsByCancellation() && request.withdrawCancellation() == null) {
                        throw ProblemException.conflict(
                                "cancellation-announced",
                                "Subscription '" + id + "' is cancelled and ends at " + subscription.endAt()
                                        + "; withdraw_cancellation says what becomes of that: true runs on, false changes the"
                                        + " plan until then.");
                    }
                })
                .call(() -> phases.withdrawFrom(id, from))
                .call(plan -> phases.persistAndFlush(SubscriptionPhase.of(subscription, plan.versionId(), from)))
                .chain(plan -> finish(subscription, change, plan))
                .invoke(() -> {
                    if (change.equals("upgraded")) {
                        upgrades.increment();
                    }
                });
    }

    private Uni<SubscriptionView> finish(Subscription subscription, String change, PricedPlan plan) {
        Map<String, String> details =
                Map.of("plan_code", plan.code(), "plan_version", Integer.toString(plan.version()));
        UUID tenantId = subscription.tenantId();
        return billable.timeline(subscription)
                .invoke(subscription::follow)
                .chain(subscriptions::flush)
                .chain(() -> ledger.append(
                        tenantId, LedgerEntry.change("subscription_" + change, subscription.id(), details)))
                .chain(() -> profiles.email(tenantId))
                .chain(email -> outbox.publish(new DomainEvent(
                        SubscriptionChanged.TYPE,
                        tenantId,
                        subscription.id().toString(),
                        new SubscriptionChanged(subscription.id(), change, plan.code(), plan.version(), email))))
                .chain(() ->
                        audit.record("subscription." + change, "subscription", subscription.id(), tenantId, details))
                .chain(() -> billable.view(subscription));
    }

    private Uni<Subscription> lockRunning(UUID id, Instant now) {
        return subscriptions
                .lock(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("subscription", id))
                .invoke(subscription -> {
                    if (subscription.isOverAt(now)) {
                        throw ProblemException.conflict(
                                "subscription-not-active",
                                "Subscription '" + id + "' ended at " + subscription.endAt()
                                        + "; only one that has not ended can be changed.");
                    }
                });
    }

    private Uni<Void> refuseOverlap(UUID tenantId, Instant start, Instant end) {
        return subscriptions
                .overlapping(tenantId, start, end)
                .invoke(other -> {
                    if (other != null) {
                        throw ProblemException.conflict(
                                "subscription-exists",
                                "Tenant '" + tenantId + "' has subscription '" + other.id() + "' from "
                                        + other.startAt() + " to "
                                        + (other.endAt() == null ? "no end" : other.endAt())
                                        + "; a tenant has one subscription at a time.");
                    }
                })
                .replaceWithVoid();
    }

    private void checkSpan(Instant start, Instant end, Instant now) {
        checkYear("start_at", start);
        if (end != null) {
            checkYear("end_at", end);
        }
        if (end != null && !end.isAfter(start)) {
            throw ProblemException.invalidField("end_at", "is " + end + ", must be after start_at " + start);
        }
        if (start.isBefore(now) && !caller.isAboveTenants()) {
            throw ProblemException.forbidden(
                    "start_at is " + start + ", only an operator starts a subscription in the past.");
        }
    }

    /** Far enough in both directions for any business, and near enough for every calendar that computes with it. */
    private static void checkYear(String field, Instant instant) {
        if (instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)) {
            throw ProblemException.invalidField(
                    field, "is " + instant + ", must be from " + EARLIEST + " to before " + LATEST);
        }
    }

    private static void checkChange(PricedPlan old, PricedPlan plan) {
        if (old.versionId().equals(plan.versionId())) {
            throw ProblemException.conflict(
                    "same-plan",
                    "The subscription is on version " + plan.version() + " of plan '" + plan.code() + "' already.");
        }
        if (!old.currency().equals(plan.currency()) || old.intervalMonths() != plan.intervalMonths()) {
            throw ProblemException.unprocessable(
                    "plan-incompatible",
                    "Plan '" + plan.code() + "' is billed in " + plan.currency() + " every " + plan.intervalMonths()
                            + " months, the subscription in " + old.currency() + " every " + old.intervalMonths()
                            + "; a subscription keeps currency and interval.");
        }
    }

    /** Whole seconds, so that the parts of a divided month add up to the month. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant orNull) {
        return orNull == null || one.isBefore(orNull) ? one : orNull;
    }
}
