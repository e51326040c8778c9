package io.countinghouse.billing.plan;

import io.countinghouse.defaults.text.VisibleText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

record CreatePlanRequest(
        @NotNull
        @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,62}", message = "must be lower-case letters, digits and hyphens")
        String code,

        @NotBlank @Size(max = 200) @VisibleText String name,

        @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 currency, such as EUR")
        String currency,

        @NotNull @Pattern(regexp = "monthly|yearly", message = "must be monthly or yearly")
        String interval,

        @Pattern(regexp = "public|tenants", message = "must be public or tenants")
        String audience,

        @Size(max = 1000) List<@NotNull UUID> tenantIds,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid PriceSpec> prices) {

    /** For every tenant, unless the request says otherwise or names tenants. */
    Audience toAudience() {
        boolean named = tenantIds != null && !tenantIds.isEmpty();
        return new Audience(audience != null ? audience : named ? Audience.TENANTS : Audience.PUBLIC, tenantIds);
    }
}
