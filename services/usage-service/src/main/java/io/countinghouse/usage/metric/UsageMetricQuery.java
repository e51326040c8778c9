package io.countinghouse.usage.metric;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A total over {@code [from, to)}: {@code window} null for one total, {@code asOf} null for what is known now. */
record UsageMetricQuery(
        UUID tenant, String meter, Instant from, Instant to, Long asOf, Window window, List<String> groupBy) {}
