package io.countinghouse.billing.plan;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A plan with the prices of one of its versions. */
record PlanView(
        UUID id,
        String code,
        String name,
        String currency,
        String interval,
        int version,
        int latestVersion,
        Instant createdAt,
        List<PriceView> prices) {

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
                prices.stream()
                        .map(price -> new PriceView(price.id(), price.position(), price.spec()))
                        .toList());
    }
}
