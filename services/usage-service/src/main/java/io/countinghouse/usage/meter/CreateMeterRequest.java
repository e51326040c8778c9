package io.countinghouse.usage.meter;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Defines a meter.
 *
 * @param key how plans and queries name it
 * @param valueProperty the property of the event's data that is measured; none for {@code count}
 * @param allowNegative whether values below zero are taken, for credits and corrections; not unless said
 * @param groupBy properties by which totals can be split, at most eight
 */
record CreateMeterRequest(
        @NotNull
        @Pattern(
                regexp = "[a-z][a-z0-9_.-]{0,62}",
                message = "must be 1 to 63 of a-z, 0-9, _ . - and begin with a letter")
        String key,

        @NotBlank @Size(max = 200) String name,
        @NotBlank @Size(max = 200) String eventType,
        @NotNull Aggregation aggregation,
        @Size(min = 1, max = 200) String valueProperty,
        Boolean allowNegative,
        @Size(max = 8) List<@NotBlank @Size(max = 200) String> groupBy) {

    @AssertTrue(message = "count takes no value_property, every other aggregation needs one")
    boolean isValuePropertyFitting() {
        return aggregation == null || (aggregation == Aggregation.COUNT) == (valueProperty == null);
    }

    @AssertTrue(message = "only sum, min, max and latest take numbers that could be negative")
    boolean isAllowNegativeFitting() {
        return aggregation == null || !takesNegative() || aggregation.needsNumber();
    }

    boolean takesNegative() {
        return Boolean.TRUE.equals(allowNegative);
    }
}
