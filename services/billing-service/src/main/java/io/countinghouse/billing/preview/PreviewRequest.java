package io.countinghouse.billing.preview;

import io.countinghouse.billing.plan.PriceSpec;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What to rate: a plan, or the plan of a subscription, for quantities by meter. For a price that takes a part of each
 * event, {@code values} are the events; a quantity counts as one. With neither, the usage of the running period is
 * read and the price of that part of the month is shown.
 */
record PreviewRequest(
        @Size(max = 63) String planCode,
        UUID subscriptionId,

        @Size(max = 100)
        Map<
                        @Pattern(regexp = PriceSpec.METER, message = PriceSpec.METER_RULE) String,
                        @NotNull @Pattern(regexp = PriceSpec.DECIMAL, message = PriceSpec.DECIMAL_RULE) String>
                quantities,

        @Size(max = 100)
        Map<
                        @Pattern(regexp = PriceSpec.METER, message = PriceSpec.METER_RULE) String,
                        @NotNull @Size(max = 10_000) List<
                                @NotNull @Pattern(regexp = PriceSpec.DECIMAL, message = PriceSpec.DECIMAL_RULE) String>>
                values) {

    boolean namesUsage() {
        return quantities != null || values != null;
    }
}
