package io.countinghouse.usage.meter;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A meter as it is read.
 *
 * @param unmeasuredEvents how many events were there before the meter and hold no number that it takes: they count as
 *     nothing, and are listed by {@code GET /v1/usage/events?meter=…&unmeasured=true}
 */
record MeterView(
        UUID id,
        String key,
        String name,
        String eventType,
        Aggregation aggregation,
        String valueProperty,
        boolean allowNegative,
        List<String> groupBy,
        long unmeasuredEvents,
        Instant createdAt) {}
