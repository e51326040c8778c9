package io.countinghouse.billing.rating;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Where billing periods start and end: every {@code months} calendar months from the anchor, in UTC. The n-th
 * boundary is counted from the anchor and not from the boundary before it, so that a subscription of the 31st comes
 * back to the 31st after February.
 *
 * @param anchor the first instant of the first interval
 * @param months length of an interval, 1 or more
 */
public record BillingCalendar(Instant anchor, int months) {
    public BillingCalendar {
        if (months < 1) {
            throw new IllegalArgumentException("an interval of " + months + " months has no end");
        }
    }

    /** A half-open span of time. */
    public record Interval(Instant start, Instant end) {}

    /** The whole interval that contains {@code instant}, which must not lie before the anchor. */
    public Interval containing(Instant instant) {
        if (instant.isBefore(anchor)) {
            throw new IllegalArgumentException(instant + " lies before the first interval at " + anchor);
        }
        ZonedDateTime at = instant.atZone(ZoneOffset.UTC);
        ZonedDateTime first = anchor.atZone(ZoneOffset.UTC);
        long elapsed = (at.getYear() - first.getYear()) * 12L + at.getMonthValue() - first.getMonthValue();
        long index = elapsed / months;
        if (boundary(index).isAfter(instant)) {
            index--;
        }
        return new Interval(boundary(index), boundary(index + 1));
    }

    private Instant boundary(long index) {
        return anchor.atZone(ZoneOffset.UTC).plusMonths(index * months).toInstant();
    }
}
