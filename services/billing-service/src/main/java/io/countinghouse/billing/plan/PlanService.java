package io.countinghouse.billing.plan;

import io.countinghouse.billing.rating.InvalidPriceException;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.joda.money.IllegalCurrencyException;

/** Rules of plans. Every method joins the transaction of its caller. */
@ApplicationScoped
public class PlanService {
    private final PlanRepository plans;
    private final PlanVersionRepository versions;
    private final PlanPriceRepository prices;
    private final AuditTrail audit;
    private final Clock clock;

    PlanService(
            PlanRepository plans,
            PlanVersionRepository versions,
            PlanPriceRepository prices,
            AuditTrail audit,
            Clock clock) {
        this.plans = plans;
        this.versions = versions;
        this.prices = prices;
        this.audit = audit;
        this.clock = clock;
    }

    /** The newest version of a plan: what a subscription made now gets. */
    public Uni<PricedPlan> latest(String code) {
        return require(code)
                .chain(plan -> versions.of(plan, plan.latestVersion())
                        .chain(version ->
                                prices.of(List.of(version.id())).map(found -> PricedPlan.of(plan, version, found))));
    }

    /** The version that a subscription is on, whatever came after it. */
    public Uni<PricedPlan> version(UUID planVersionId) {
        return versions.findById(planVersionId)
                .chain(version -> plans.findById(version.planId())
                        .chain(plan ->
                                prices.of(List.of(planVersionId)).map(found -> PricedPlan.of(plan, version, found))));
    }

    Uni<PlanView> create(CreatePlanRequest request) {
        checkPrices(request.prices(), currency(request.currency()));
        return plans.byCode(request.code())
                .invoke(existing -> {
                    if (existing != null) {
                        throw ProblemException.conflict(
                                "plan-exists",
                                "There is a plan '" + request.code() + "'; its prices change by a new version.");
                    }
                })
                .chain(() -> plans.persistAndFlush(Plan.create(request, clock.instant())))
                .chain(plan -> addVersion(plan, 1, request.prices()))
                .call(view -> record("plan.created", view));
    }

    Uni<PlanView> addVersion(String code, CreatePlanVersionRequest request) {
        return plans.lockByCode(code)
                .invoke(plan -> {
                    requireFound(plan, code);
                    checkPrices(request.prices(), currency(plan.currency()));
                })
                .chain(plan -> addVersion(plan, plan.nextVersion(), request.prices()))
                .call(view -> record("plan.version_created", view));
    }

    Uni<PlanView> get(String code, Integer version) {
        return require(code)
                .chain(plan -> versions.of(plan, version == null ? plan.latestVersion() : version)
                        .invoke(found -> {
                            if (found == null) {
                                throw ProblemException.notFound("version of plan '" + code + "'", version);
                            }
                        })
                        .chain(found -> prices.of(List.of(found.id())).map(list -> PlanView.of(plan, found, list))));
    }

    Uni<Page<PlanView>> list(PageRequest page) {
        return plans.page(page.afterId(), page.limit())
                .chain(rows -> versions.latestOf(rows.stream().map(Plan::id).toList())
                        .chain(latest -> prices.of(
                                        latest.stream().map(PlanVersion::id).toList())
                                .map(found -> views(rows, latest, found))))
                .map(views -> Page.of(views, page.limit(), view -> view.id().toString()));
    }

    private static List<PlanView> views(List<Plan> rows, List<PlanVersion> latest, List<PlanPrice> found) {
        Map<UUID, PlanVersion> byPlan =
                latest.stream().collect(Collectors.toMap(PlanVersion::planId, Function.identity()));
        Map<UUID, List<PlanPrice>> byVersion = found.stream().collect(Collectors.groupingBy(PlanPrice::planVersionId));
        return rows.stream()
                .map(plan -> {
                    PlanVersion version = byPlan.get(plan.id());
                    return PlanView.of(plan, version, byVersion.getOrDefault(version.id(), List.of()));
                })
                .toList();
    }

    private Uni<PlanView> addVersion(Plan plan, int number, List<PriceSpec> specs) {
        PlanVersion version = PlanVersion.of(plan, number, clock.instant());
        List<PlanPrice> made = new ArrayList<>();
        for (PriceSpec spec : specs) {
            made.add(PlanPrice.of(version, made.size() + 1, spec));
        }
        return versions.persistAndFlush(version)
                .chain(() -> prices.persist(made))
                .replaceWith(() -> PlanView.of(plan, version, made));
    }

    private Uni<Void> record(String action, PlanView view) {
        return audit.record(action, "plan", view.id(), null, Map.of("code", view.code(), "version", view.version()));
    }

    private Uni<Plan> require(String code) {
        return plans.byCode(code).invoke(plan -> requireFound(plan, code));
    }

    private static void requireFound(Plan plan, String code) {
        if (plan == null) {
            throw ProblemException.notFound("plan", code);
        }
    }

    private static CurrencyUnit currency(String code) {
        try {
            return CurrencyUnit.of(code);
        } catch (IllegalCurrencyException e) {
            throw ProblemException.invalidField("currency", "'" + code + "' is not an ISO 4217 currency");
        }
    }

    private static void checkPrices(List<PriceSpec> specs, CurrencyUnit currency) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            try {
                specs.get(i).check(currency);
            } catch (InvalidPriceException e) {
                errors.add(new FieldError("prices[" + i + "]." + e.field(), e.getMessage()));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    400, "validation", "Invalid request", errors.getFirst().detail(), errors);
        }
    }
}
