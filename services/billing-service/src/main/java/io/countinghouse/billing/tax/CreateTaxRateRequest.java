package io.countinghouse.billing.tax;

import io.countinghouse.billing.input.IsoCountry;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;

/**
 * A rate, or the next rate of a code that is there.
 *
 * @param country null for a code that is given to customers; of a code that is there, the country that it has
 * @param standard whether the rate applies to customers of its country by itself; absent means yes when there is a
 *     country, and what the code says when it is there
 * @param validFrom the first instant at which a supply is taxed so; absent means that it always was
 */
record CreateTaxRateRequest(
        @NotNull
        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}",
                message = "must be letters, digits, hyphens and underscores")
        String code,

        @NotNull
        @Pattern(
                regexp = "(\\d{1,2}(\\.\\d{1,6})?|100(\\.0{1,6})?)",
                message = "must be a percentage from 0 to 100 in a string, such as \"19\"")
        String ratePercent,

        @IsoCountry String country,

        Boolean standard,
        Instant validFrom) {}
