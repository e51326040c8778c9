package io.countinghouse.usage.event;

import java.util.Locale;

/** The order of a list of events. Each is total: no two events of a tenant are equal in it. */
public enum EventOrder {
    /** By sequence, the order in which events were accepted. */
    ACCEPTANCE,
    /** By time, then source, then id (by Unicode code point): what arrived when does not matter. */
    TIME;

    /** As JAX-RS reads it from a query. */
    public static EventOrder fromString(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
