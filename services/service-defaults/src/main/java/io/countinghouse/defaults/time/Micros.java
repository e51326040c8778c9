package io.countinghouse.defaults.time;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * The resolution of time in the product: microseconds, because PostgreSQL keeps no more. What is finer is cut and never
 * rounded up: PostgreSQL itself would round 23:59:59.9999999 into the next day. Every instant that enters a service
 * passes here, in JSON ({@link InstantModule}) and in parameters ({@link InstantParameters}).
 */
public final class Micros {

    private Micros() {}

    /** The last microsecond that is not after the instant; null for null. */
    public static Instant cut(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * An RFC 3339 time, with any offset. Years have four digits and no sign there, while Java's go to a thousand million, which
     * no database holds.
     *
     * @throws DateTimeParseException when it is not one
     */
    public static Instant parse(String text) {
        if (text.startsWith("+") || text.startsWith("-")) {
            throw new DateTimeParseException("a year has four digits and no sign", text, 0);
        }
        return cut(Instant.parse(text));
    }
}
