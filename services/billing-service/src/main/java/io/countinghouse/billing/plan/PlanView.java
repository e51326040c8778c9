package io.countinghouse.billing.plan;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A plan with the prices of one of its versions.
 *
 * @param audience public, tenants or archived
 * @param tenantIds the tenants that it is for; null unless the reader belongs to none, and it is for named ones
 */
record PlanView(
        UUID id,
        String code,
        String name,
        String currency,
        String interval,
        int version,
        int latestVersion,
        Instant createdAt,
        String audience,
        List<UUID> tenantIds,
        List<PriceView> prices) {

    PlanView forTenants(List<UUID> tenants) {
        return new PlanView(
                id, code, name, currency, interval, version, latestVersion, createdAt, audience, tenants, prices);
    }

    record PriceView(UUID id, int position, @JsonUnwrapped PriceSpec spec) {}

    static PlanView of(Plan plan, PlanVersion version, List<PlanPrice> prices) {
        return new PlanView(
                plan.id(),
                plan.code(),
                plan.name(),
                plan.currency(),
                plan.interval(),
                version.version(),
                plan.latestVersion(),
                version.createdAt(),
                plan.audience(),
                null,
                prices.stream()
                        .map(price -> new PriceView(price.id(), price.position(), price.spec()))
                        .toList());
    }
}
