package io.countinghouse.usage.metric;

import java.util.Locale;

/** Length of the windows into which a total can be split; they begin on the full unit in UTC. */
public enum Window {
    HOUR,
    DAY,
    MONTH;

    /** As JAX-RS reads it from a query. */
    public static Window fromString(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    String unit() {
        return name().toLowerCase(Locale.ROOT);
    }
}
