package io.countinghouse.billing.plan;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

record CreatePlanRequest(
        @NotNull
        @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,62}", message = "must be lower-case letters, digits and hyphens")
        String code,

        @NotBlank @Size(max = 200) String name,

        @NotNull @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 currency, such as EUR")
        String currency,

        @NotNull @Pattern(regexp = "monthly|yearly", message = "must be monthly or yearly")
        String interval,

        @NotEmpty @Size(max = 100) List<@NotNull @Valid PriceSpec> prices) {}
