package io.countinghouse.billing.preview;

import io.countinghouse.billing.charge.Charging;
import io.countinghouse.billing.charge.Parts;
import io.countinghouse.billing.plan.PlanService;
import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.rating.Charge;
import io.countinghouse.billing.rating.Rating;
import io.countinghouse.billing.rating.UnratableUsageException;
import io.countinghouse.billing.rating.Usage;
import io.countinghouse.billing.subscription.BillableSubscription;
import io.countinghouse.billing.subscription.Subscriptions;
import io.countinghouse.billing.subscription.Timeline;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.joda.money.Money;

/** Rates without storing. Opens its own transaction: usage is read after it, over HTTP. */
@ApplicationScoped
class PreviewService {
    private final TenantTransaction transaction;
    private final PlanService plans;
    private final Subscriptions subscriptions;
    private final Charging charging;
    private final Caller caller;
    private final Clock clock;

    PreviewService(
            TenantTransaction transaction,
            PlanService plans,
            Subscriptions subscriptions,
            Charging charging,
            Caller caller,
            Clock clock) {
        this.transaction = transaction;
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.charging = charging;
        this.caller = caller;
        this.clock = clock;
    }

    Uni<PreviewView> preview(PreviewRequest request) {
        if (request.planCode() == null && request.subscriptionId() == null) {
            throw ProblemException.invalidField("plan_code", "is missing, as is subscription_id; one is needed");
        }
        return transaction
                .asCaller(() -> subject(request))
                .chain(subject -> request.namesUsage()
                        ? Uni.createFrom().item(ofGiven(subject.plan(), request))
                        : ofPeriod(subject));
    }

    /** What is rated: a plan, and the period whose usage is read where none was given. */
    private record Subject(PricedPlan plan, BillableSubscription subscription, Parts parts) {}

    private Uni<Subject> subject(PreviewRequest request) {
        Uni<BillableSubscription> subscription = request.subscriptionId() != null
                ? subscriptions.billable(request.subscriptionId())
                : request.namesUsage() ? Uni.createFrom().nullItem() : subscriptions.running(caller.tenantId());
        return subscription.chain(found -> {
            Instant now = clock.instant();
            Timeline.Period period =
                    found == null ? null : found.openPeriod(now).orElse(null);
            if (!request.namesUsage() && period == null) {
                throw ProblemException.unprocessable(
                        "no-open-period", "There is no running period whose usage could be rated; give quantities.");
            }
            Uni<PricedPlan> plan = request.planCode() != null
                    ? plans.shown(request.planCode())
                    : plans.version(found.timeline()
                            .phaseAt(period == null ? found.closedThrough() : period.start())
                            .planVersionId());
            return plan.chain(priced -> period == null
                    ? Uni.createFrom().item(new Subject(priced, found, null))
                    : charging.partsAround(found.timeline(), period)
                            .map(parts -> new Subject(priced, found, parts.pricedBy(priced))));
        });
    }

    private static PreviewView ofGiven(PricedPlan plan, PreviewRequest request) {
        Map<String, String> quantities = request.quantities() == null ? Map.of() : request.quantities();
        Map<String, List<String>> values = request.values() == null ? Map.of() : request.values();
        refuseUnknown(plan, quantities.keySet(), "quantities");
        refuseUnknown(plan, values.keySet(), "values");
        List<PreviewView.Line> lines = new ArrayList<>();
        for (PricedPlan.Item item : plan.items()) {
            lines.add(line(item, given(item, quantities, values)));
        }
        return view(plan, null, lines);
    }

    private static Usage given(PricedPlan.Item item, Map<String, String> quantities, Map<String, List<String>> values) {
        if (item.meter() == null) {
            return Usage.none();
        }
        if (values.containsKey(item.meter())) {
            return Usage.ofEvents(
                    values.get(item.meter()).stream().map(BigDecimal::new).toList());
        }
        BigDecimal quantity = new BigDecimal(quantities.getOrDefault(item.meter(), "0"));
        return item.price().model().perEvent() && quantity.signum() > 0
                ? Usage.ofEvents(List.of(quantity))
                : Usage.of(quantity);
    }

    private static void refuseUnknown(PricedPlan plan, Set<String> given, String field) {
        Set<String> unknown = new HashSet<>(given);
        plan.items().forEach(item -> unknown.remove(item.meter()));
        if (!unknown.isEmpty()) {
            throw ProblemException.invalidField(
                    field,
                    "plan '" + plan.code() + "' has no price for meter '"
                            + unknown.iterator().next() + "'");
        }
    }

    private Uni<PreviewView> ofPeriod(Subject subject) {
        UUID tenantId = subject.subscription().tenantId();
        Uni<List<PreviewView.Line>> lines = Uni.createFrom().item(new ArrayList<>());
        for (PricedPlan.Item item : subject.plan().items()) {
            lines = lines.call(list -> charging.charge(tenantId, subject.parts(), item, null)
                    .onFailure(UnratableUsageException.class)
                    .transform(e -> unratable(item, e))
                    .invoke(charge -> list.add(PreviewView.Line.of(item, charge))));
        }
        return lines.map(list -> view(subject.plan(), subject.parts().period(), list));
    }

    private static PreviewView.Line line(PricedPlan.Item item, Usage used) {
        try {
            Charge charge = Rating.rate(item.price(), used);
            return PreviewView.Line.of(item, charge);
        } catch (UnratableUsageException e) {
            throw unratable(item, e);
        }
    }

    private static ProblemException unratable(PricedPlan.Item item, Throwable reason) {
        return ProblemException.unprocessable("usage-unratable", "Price '" + item.name() + "': " + reason.getMessage());
    }

    private static PreviewView view(PricedPlan plan, Timeline.Period period, List<PreviewView.Line> lines) {
        Money net = lines.stream().map(PreviewView.Line::amount).reduce(Money.zero(plan.currency()), Money::plus);
        return new PreviewView(
                plan.code(),
                plan.version(),
                period == null ? null : period.start(),
                period == null ? null : period.end(),
                lines,
                net);
    }
}
