package io.countinghouse.billing.plan;

import io.countinghouse.billing.rating.Tier;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;

/** A tier as it is written in the API; {@code up_to} is absent on an open last tier. */
@RegisterForReflection
public record TierSpec(
        @Pattern(regexp = PriceSpec.DECIMAL, message = PriceSpec.DECIMAL_RULE)
        String upTo,

        @NotNull @Pattern(regexp = PriceSpec.DECIMAL, message = PriceSpec.DECIMAL_RULE)
        String unitPrice,

        @Pattern(regexp = PriceSpec.DECIMAL, message = PriceSpec.DECIMAL_RULE)
        String flat) {

    Tier toTier() {
        return new Tier(PriceSpec.decimal(upTo), new BigDecimal(unitPrice), PriceSpec.decimal(flat));
    }
}
