package io.countinghouse.billing.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.billing.tax.AppliedTax;
import io.countinghouse.billing.tax.TaxRateService;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.text.EmailAddress;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Rules of billing profiles. Every method joins the transaction of its caller. */
@ApplicationScoped
public class ProfileService {
    private static final int LONGEST_CODE = 63;

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

    /**
     * Who pays for a tenant, at the rate that holds at the end of a period; a tenant without a profile cannot be billed
     * (422).
     *
     * @param suppliedBefore the exclusive end of the period
     */
    public Uni<BilledParty> billedParty(UUID tenantId, Instant suppliedBefore) {
        return profiles.findById(tenantId)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.unprocessable(
                        "billing-profile-missing",
                        "Tenant '" + tenantId + "' has no billing profile, so there is nobody to bill."))
                .chain(profile -> (profile.taxCountry() == null
                                ? Uni.createFrom().<AppliedTax>nullItem()
                                : taxRates.applyingTo(profile.taxRateCode(), profile.taxCountry(), suppliedBefore))
                        .map(tax -> new BilledParty(profile.toCustomer(), tax, profile.missing())));
    }

    /** Where a tenant is written to; null without a profile. */
    public Uni<String> email(UUID tenantId) {
        return profiles.findById(tenantId).map(profile -> profile == null ? null : profile.email());
    }

    Uni<Void> follow(TenantContactChanged changed) {
        return profiles.findById(changed.tenantId())
                .invoke(profile -> {
                    if (profile != null && EmailAddress.isSame(profile.email(), changed.formerEmail())) {
                        profile.writeTo(changed.ownerEmail(), clock.instant());
                    }
                })
                .replaceWithVoid();
    }

    Uni<ProfileView> get(UUID tenantId) {
        return profiles.findById(tenantId)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("billing profile of tenant", tenantId))
                .map(ProfileView::of);
    }

    Uni<ProfileView> put(UUID tenantId, ProfileRequest request) {
        return profiles.createIfAbsent(tenantId, request.name(), request.email(), clock.instant())
                .chain(() -> profiles.findById(tenantId))
                .call(profile -> chooseTaxRate(profile, request.taxRateCode()))
                .invoke(profile -> {
                    if (profile.country() != null && request.country() == null) {
                        throw ProblemException.unprocessable(
                                "country-required",
                                "The country is " + profile.country()
                                        + "; it can be changed and not emptied, since it decides the tax.");
                    }
                    profile.rewrite(request, clock.instant());
                })
                .call(profiles::flush)
                .call(() -> audit.record("billing_profile.changed", "billing_profile", tenantId, tenantId, Map.of()))
                .map(ProfileView::of);
    }

    /** By tenant; only those that no invoice can be issued for when {@code incomplete}. */
    Uni<Page<ProfileView>> page(boolean incomplete, PageRequest page) {
        return profiles.page(incomplete, page.afterId().orElse(null), page.limit())
                .map(rows -> Page.of(
                                rows,
                                page.limit(),
                                profile -> profile.tenantId().toString())
                        .map(ProfileView::of));
    }

    /** A tenant that filled in its profile before the news of its signup arrived keeps what it wrote. */
    Uni<Void> createFor(TenantCreated tenant) {
        return profiles.createIfAbsent(tenant.tenantId(), tenant.name(), tenant.ownerEmail(), clock.instant());
    }

    /** The rate is the operator's: a tenant may send back what it has read, and nothing else. */
    private Uni<Void> chooseTaxRate(BillingProfile profile, JsonNode chosen) {
        if (chosen == null) {
            return Uni.createFrom().voidItem();
        }
        if (!chosen.isNull() && (!chosen.isTextual() || chosen.textValue().length() > LONGEST_CODE)) {
            throw ProblemException.invalidField(
                    "tax_rate_code", "must be the code of a tax rate, or null, which takes the rate away");
        }
        String code = chosen.isNull() || chosen.textValue().isBlank() ? null : chosen.textValue();
        if (!caller.isAboveTenants()) {
            if (code != null && !code.equals(profile.taxRateCode())) {
                throw ProblemException.forbidden(
                        "tax_rate_code is '" + code + "', only an operator chooses the tax rate of a customer.");
            }
            return Uni.createFrom().voidItem();
        }
        if (code == null) {
            profile.billBy(null);
            return Uni.createFrom().voidItem();
        }
        return taxRates.exists(code)
                .invoke(exists -> {
                    if (!exists) {
                        throw ProblemException.invalidField("tax_rate_code", "there is no tax rate '" + code + "'");
                    }
                    profile.billBy(code);
                })
                .replaceWithVoid();
    }
}
