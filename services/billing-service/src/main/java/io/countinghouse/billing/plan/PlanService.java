package io.countinghouse.billing.plan;

import io.countinghouse.billing.rating.InvalidPriceException;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
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
    private final PlanTenantRepository tenants;
    private final Caller caller;
    private final AuditTrail audit;
    private final Clock clock;

    PlanService(
            PlanRepository plans,
            PlanVersionRepository versions,
            PlanPriceRepository prices,
            PlanTenantRepository tenants,
            Caller caller,
            AuditTrail audit,
            Clock clock) {
        this.plans = plans;
        this.versions = versions;
        this.prices = prices;
        this.tenants = tenants;
        this.caller = caller;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The newest version of a plan, for a tenant that takes it. A plan that is not for the tenant does not exist for its
     * people; staff hears why it cannot be given (409, 422).
     */
    public Uni<PricedPlan> takenBy(String code, UUID tenantId) {
        return require(code)
                .call(plan -> isFor(plan, tenantId).invoke(isFor -> {
                    if (!isFor) {
                        throw refusal(plan, tenantId);
                    }
                }))
                .chain(this::newest);
    }

    /** The newest version of a plan, for somebody who asks what it would cost. */
    public Uni<PricedPlan> shown(String code) {
        return requireShown(code).chain(this::newest);
    }

    private Uni<PricedPlan> newest(Plan plan) {
        return versions.of(plan, plan.latestVersion())
                .chain(version -> prices.of(List.of(version.id())).map(found -> PricedPlan.of(plan, version, found)));
    }

    private Uni<Boolean> isFor(Plan plan, UUID tenantId) {
        return plan.isPublic() || plan.isArchived()
                ? Uni.createFrom().item(plan.isPublic())
                : tenants.names(plan.id(), tenantId);
    }

    private ProblemException refusal(Plan plan, UUID tenantId) {
        if (!caller.isAboveTenants()) {
            return ProblemException.notFound("plan", plan.code());
        }
        return plan.isArchived()
                ? ProblemException.conflict(
                        "plan-archived", "Plan '" + plan.code() + "' is archived: nobody takes it any more.")
                : ProblemException.unprocessable(
                        "plan-for-others",
                        "Plan '" + plan.code() + "' is for named tenants, and '" + tenantId + "' is not one of them.");
    }

    /** A tenant sees what is for it, and what it is or was subscribed to. */
    private Uni<Plan> requireShown(String code) {
        return require(code).call(plan -> {
            if (caller.isAboveTenants()) {
                return Uni.createFrom().voidItem();
            }
            UUID tenant = caller.tenantId();
            return isFor(plan, tenant)
                    .chain(isFor -> isFor ? Uni.createFrom().item(true) : tenants.isUsed(plan.id(), tenant))
                    .invoke(shown -> {
                        if (!shown) {
                            throw ProblemException.notFound("plan", code);
                        }
                    });
        });
    }

    public Uni<Boolean> isNewest(PricedPlan plan) {
        return require(plan.code()).map(found -> found.latestVersion() == plan.version());
    }

    /** The version that a subscription is on, whatever came after it. */
    public Uni<PricedPlan> version(UUID planVersionId) {
        return versions.findById(planVersionId)
                .chain(version -> plans.findById(version.planId())
                        .chain(plan ->
                                prices.of(List.of(planVersionId)).map(found -> PricedPlan.of(plan, version, found))));
    }

    /** What is wrong with the request by itself; asked before usage-service is asked for its meters. */
    void check(CreatePlanRequest request) {
        checkPrices(request.prices(), currency(request.currency()));
        check(request.toAudience());
    }

    Uni<Void> check(String code, CreatePlanVersionRequest request) {
        return require(code)
                .invoke(plan -> checkPrices(request.prices(), currency(plan.currency())))
                .replaceWithVoid();
    }

    Uni<PlanView> create(CreatePlanRequest request) {
        return plans.byCode(request.code())
                .invoke(existing -> {
                    if (existing != null) {
                        throw ProblemException.conflict(
                                "plan-exists",
                                "There is a plan '" + request.code() + "'; its prices change by a new version.");
                    }
                })
                .chain(() -> plans.persistAndFlush(Plan.create(request, clock.instant())))
                .call(plan -> tenants.replace(plan.id(), request.toAudience().tenantIds()))
                .chain(plan -> addVersion(plan, 1, request.prices()))
                .chain(this::named)
                .call(view -> record("plan.created", view));
    }

    Uni<PlanView> addVersion(String code, CreatePlanVersionRequest request) {
        return plans.lockByCode(code)
                .invoke(plan -> requireFound(plan, code))
                .chain(plan -> addVersion(plan, plan.nextVersion(), request.prices()))
                .chain(this::named)
                .call(view -> record("plan.version_created", view));
    }

    Uni<PlanView> get(String code, Integer version) {
        return requireShown(code).chain(plan -> view(plan, version == null ? plan.latestVersion() : version));
    }

    Uni<Page<PlanView>> list(PageRequest page) {
        return plans.page(
                        caller.isAboveTenants() ? null : caller.tenantId(),
                        page.afterId().orElse(null),
                        page.limit())
                .chain(rows -> versions.latestOf(rows.stream().map(Plan::id).toList())
                        .chain(latest -> prices.of(
                                        latest.stream().map(PlanVersion::id).toList())
                                .map(found -> views(rows, latest, found))))
                .chain(this::named)
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

    /** Who sees and takes the plan from now on; subscriptions on it run on. */
    Uni<PlanView> address(String code, Audience audience) {
        check(audience);
        return plans.lockByCode(code)
                .invoke(plan -> {
                    requireFound(plan, code);
                    plan.address(audience);
                })
                .call(plans::flush)
                .call(plan -> tenants.replace(plan.id(), audience.tenantIds()))
                .chain(plan -> view(plan, plan.latestVersion()))
                .call(view -> audit.record(
                        "plan.addressed",
                        "plan",
                        view.id(),
                        null,
                        Map.of("code", view.code(), "audience", view.audience())));
    }

    private Uni<PlanView> view(Plan plan, int version) {
        return versions.of(plan, version)
                .invoke(found -> {
                    if (found == null) {
                        throw ProblemException.notFound("version of plan '" + plan.code() + "'", version);
                    }
                })
                .chain(found -> prices.of(List.of(found.id())).map(list -> PlanView.of(plan, found, list)))
                .chain(this::named);
    }

    private Uni<PlanView> named(PlanView view) {
        return named(List.of(view)).map(List::getFirst);
    }

    /** With the tenants that a plan is for, which is nobody else's business. */
    private Uni<List<PlanView>> named(List<PlanView> views) {
        if (!caller.isAboveTenants() || views.isEmpty()) {
            return Uni.createFrom().item(views);
        }
        return tenants.of(views.stream().map(PlanView::id).toList()).map(rows -> {
            Map<UUID, List<UUID>> byPlan = rows.stream()
                    .collect(Collectors.groupingBy(
                            PlanTenant::planId, Collectors.mapping(PlanTenant::tenantId, Collectors.toList())));
            return views.stream()
                    .map(view -> view.forTenants(byPlan.get(view.id())))
                    .toList();
        });
    }

    private static void check(Audience audience) {
        if (audience.contradiction() != null) {
            throw ProblemException.invalidField("tenant_ids", audience.contradiction());
        }
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
            CurrencyUnit unit = CurrencyUnit.of(code);
            if (unit.isPseudoCurrency()) {
                throw ProblemException.invalidField(
                        "currency",
                        "'" + code + "' is not money that anybody pays with: ISO 4217 gives it no decimals");
            }
            return unit;
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
        refuse(errors);
    }

    /** Names all that is wrong at once; nothing when the list is empty. */
    static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    400, "validation", "Invalid request", errors.getFirst().detail(), errors);
        }
    }
}
