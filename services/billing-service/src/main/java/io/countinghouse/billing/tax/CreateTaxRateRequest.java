package io.countinghouse.billing.tax;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** {@code standard} says whether the rate applies to customers of its country by itself; yes when there is a country. */
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

        @Pattern(regexp = "[A-Z]{2}", message = "must be an ISO 3166 country, such as DE")
        String country,

        Boolean standard) {

    boolean appliesByItself() {
        return country != null && (standard == null || standard);
    }
}
