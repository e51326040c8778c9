package io.countinghouse.usage.event;

import java.time.Instant;
import java.util.UUID;

/**
 * Which events to read: of a tenant (null for all), under a meter (null for any), in {@code [from, to)}, accepted by
 * the cut-off {@code asOf} and not voided by then; without a cut-off voided events are listed too.
 *
 * @param unmeasured instead of the events that the meter measures those of its type that it does not
 * @param after the position after which the page begins; null for the first
 */
record UsageEventQuery(
        UUID tenant,
        String meter,
        boolean unmeasured,
        Instant from,
        Instant to,
        Long asOf,
        EventOrder order,
        After after,
        int most) {

    /** The last event of the page before: by its sequence in the order of acceptance, else by its id. */
    record After(long sequence, UUID event) {}
}
