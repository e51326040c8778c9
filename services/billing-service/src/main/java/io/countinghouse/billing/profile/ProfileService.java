package io.countinghouse.billing.profile;

import io.countinghouse.billing.tax.TaxRateService;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Rules of billing profiles. Every method joins the transaction of its caller. */
@ApplicationScoped
public class ProfileService {
    private final ProfileRepository profiles;
    private final TaxRateService taxRates;
    private final Caller caller;
    private final AuditTrail audit;
    private final Clock clock;

    ProfileService(ProfileRepository profiles, TaxRateService taxRates, Caller caller, AuditTrail audit, Clock clock) {
        this.profiles = profiles;
        this.taxRates = taxRates;
        this.caller = caller;
        this.audit = audit;
        this.clock = clock;
    }

    /** Who pays for a tenant; a tenant without a profile cannot be billed (422). */
    public Uni<BilledParty> billedParty(UUID tenantId) {
        return profiles.findById(tenantId)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.unprocessable(
                        "billing-profile-missing",
                        "Tenant '" + tenantId + "' has no billing profile, so there is nobody to bill."))
                .chain(profile -> taxRates.applyingTo(profile.taxRateCode(), profile.country())
                        .map(tax -> new BilledParty(profile.toCustomer(), tax)));
    }

    /** Where a tenant is written to; null without a profile. */
    public Uni<String> email(UUID tenantId) {
        return profiles.findById(tenantId).map(profile -> profile == null ? null : profile.email());
    }

    Uni<ProfileView> get(UUID tenantId) {
        return profiles.findById(tenantId)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("billing profile of tenant", tenantId))
                .map(ProfileView::of);
    }

    Uni<ProfileView> put(UUID tenantId, ProfileRequest request) {
        return checkTaxRate(request.taxRateCode())
                .chain(() -> profiles.createIfAbsent(tenantId, request.name(), request.email(), clock.instant()))
                .chain(() -> profiles.findById(tenantId))
                .invoke(profile -> {
                    profile.rewrite(request, clock.instant());
                    if (request.taxRateCode() != null) {
                        profile.billBy(request.taxRateCode());
                    }
                })
                .call(profiles::flush)
                .call(() -> audit.record("billing_profile.changed", "billing_profile", tenantId, tenantId, Map.of()))
                .map(ProfileView::of);
    }

    /** A tenant that filled in its profile before the news of its signup arrived keeps what it wrote. */
    Uni<Void> createFor(TenantCreated tenant) {
        return profiles.createIfAbsent(tenant.tenantId(), tenant.name(), tenant.ownerEmail(), clock.instant());
    }

    private Uni<Void> checkTaxRate(String code) {
        if (code == null) {
            return Uni.createFrom().voidItem();
        }
        if (!caller.isAboveTenants()) {
            throw ProblemException.forbidden(
                    "tax_rate_code is '" + code + "', only an operator chooses the tax rate of a customer.");
        }
        return taxRates.exists(code)
                .invoke(exists -> {
                    if (!exists) {
                        throw ProblemException.invalidField("tax_rate_code", "there is no tax rate '" + code + "'");
                    }
                })
                .replaceWithVoid();
    }
}
