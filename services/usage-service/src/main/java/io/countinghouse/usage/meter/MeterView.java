package io.countinghouse.usage.meter;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A meter as it is read. */
record MeterView(
        UUID id,
        String key,
        String name,
        String eventType,
        Aggregation aggregation,
        String valueProperty,
        List<String> groupBy,
        Instant createdAt) {}
