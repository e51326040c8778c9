package io.countinghouse.usage.metric;

import io.countinghouse.usage.meter.Aggregation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The answer to a query of totals; windows without events are left out, except that a single total is always there. */
@RegisterForReflection
record UsageMetricView(
        UUID tenantId, String meter, Aggregation aggregation, Instant from, Instant to, String asOf, List<Total> data) {

    /**
     * @param group the values of the properties grouped by; empty without grouping
     * @param value a decimal; null where the aggregation has no value without events
     * @param eventCount how many events are behind it
     */
    @RegisterForReflection
    record Total(Instant windowStart, Instant windowEnd, Map<String, String> group, String value, long eventCount) {}
}
