package io.countinghouse.billing.plan;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * For whom a plan is.
 *
 * @param audience {@code public}: every tenant sees it and takes it; {@code tenants}: those that are named;
 *     {@code archived}: nobody takes it any more, subscriptions on it run on
 * @param tenantIds the tenants, for {@code tenants} alone
 */
record Audience(
        @NotNull @Pattern(regexp = "public|tenants|archived", message = "must be public, tenants or archived")
        String audience,

        @Size(max = 1000) List<@NotNull UUID> tenantIds) {

    static final String PUBLIC = "public";
    static final String TENANTS = "tenants";
    static final String ARCHIVED = "archived";

    Audience {
        tenantIds =
                tenantIds == null ? List.of() : tenantIds.stream().distinct().toList();
    }

    String name() {
        return audience;
    }

    /** Null when it makes sense, else what is wrong with {@code tenant_ids}. */
    String contradiction() {
        if (TENANTS.equals(audience) && tenantIds.isEmpty()) {
            return "is empty, a plan for named tenants names one at least";
        }
        return !TENANTS.equals(audience) && !tenantIds.isEmpty()
                ? "names " + tenantIds.size() + " tenants, only a plan with audience tenants does"
                : null;
    }
}
