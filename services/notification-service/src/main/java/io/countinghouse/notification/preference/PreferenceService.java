package io.countinghouse.notification.preference;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads and changes what tenants want. */
@ApplicationScoped
public class PreferenceService {

    private final OptOutRepository optOuts;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Caller caller;
    private final Clock clock;

    PreferenceService(
            OptOutRepository optOuts, TenantTransaction transaction, AuditTrail audit, Caller caller, Clock clock) {
        this.optOuts = optOuts;
        this.transaction = transaction;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
    }

    /** Whether a mail of this category is to be sent, in the caller's transaction. */
    public Uni<Boolean> wants(UUID tenant, Category category) {
        return tenant == null || category.isTransactional()
                ? Uni.createFrom().item(true)
                : optOuts.exists(tenant, category).map(out -> !out);
    }

    Uni<PreferencesView> get(UUID named) {
        UUID tenant = caller.tenantId(named);
        return transaction.asCaller(() -> optOuts.listOf(tenant)
                .map(outs -> view(tenant, outs.stream().map(OptOut::category).collect(Collectors.toSet()))));
    }

    Uni<PreferencesView> replace(PreferencesRequest request) {
        UUID tenant = caller.tenantId(request.tenantId());
        Set<Category> unwanted = request.categories().entrySet().stream()
                .filter(wanted -> !wanted.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        refuseTransactional(unwanted);
        return transaction.asCaller(() -> optOuts.lock(tenant)
                .chain(() -> optOuts.deleteAllOf(tenant))
                .chain(() -> optOuts.persistAll(unwanted.stream()
                        .map(category -> new OptOut(tenant, category, clock.instant()))
                        .toList()))
                .chain(() -> audit.record(
                        "notification_preferences.changed",
                        "notification_preferences",
                        tenant,
                        tenant,
                        Map.of(
                                "off",
                                unwanted.stream().map(Category::label).sorted().toList())))
                .replaceWith(() -> view(tenant, unwanted)));
    }

    private static void refuseTransactional(Set<Category> unwanted) {
        List<FieldError> errors = unwanted.stream()
                .filter(Category::isTransactional)
                .map(category -> new FieldError("categories." + category.label(), "cannot be switched off"))
                .toList();
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    422,
                    "transactional-category",
                    "Unprocessable content",
                    "Messages that have to arrive, of account and invoices, cannot be switched off.",
                    errors);
        }
    }

    private static PreferencesView view(UUID tenant, Set<Category> unwanted) {
        var categories = new LinkedHashMap<String, PreferencesView.Preference>();
        for (Category category : Category.values()) {
            categories.put(
                    category.label(),
                    new PreferencesView.Preference(!unwanted.contains(category), !category.isTransactional()));
        }
        return new PreferencesView(tenant, categories);
    }
}
