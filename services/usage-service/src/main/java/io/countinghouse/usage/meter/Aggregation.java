package io.countinghouse.usage.meter;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the values of a meter's events become one. */
public enum Aggregation {
    /** Number of events; takes no value. */
    COUNT,
    /** Sum of the values; 0 without events. */
    SUM,
    /** Smallest value; none without events. */
    MIN,
    /** Largest value; none without events. */
    MAX,
    /** Number of different values, compared as text; numbers as numbers. */
    UNIQUE_COUNT,
    /** The value of the event with the latest time (of two, the one whose source and id come last, whichever arrived first); none without events. */
    LATEST;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Aggregation of(String code) {
        return Arrays.stream(values())
                .filter(value -> value.code().equals(code))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("'" + code + "' is none of "
                        + Arrays.stream(values()).map(Aggregation::code).collect(Collectors.joining(", "))));
    }

    /** Whether each event must carry a decimal number. */
    public boolean needsNumber() {
        return this == SUM || this == MIN || this == MAX || this == LATEST;
    }
}
