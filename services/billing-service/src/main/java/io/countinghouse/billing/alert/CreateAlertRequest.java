package io.countinghouse.billing.alert;

import io.countinghouse.billing.plan.PriceSpec;
import io.countinghouse.defaults.text.VisibleText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

record CreateAlertRequest(
        @NotBlank @Size(max = 200) @VisibleText String name,

        @NotNull @Pattern(regexp = PriceSpec.METER, message = PriceSpec.METER_RULE)
        String meter,

        @NotNull
        @Pattern(
                regexp = "(?=.*[1-9])" + PriceSpec.DECIMAL,
                message = "must be a decimal above 0 in a string, such as \"1000\"")
        String threshold,

        UUID tenantId) {}
