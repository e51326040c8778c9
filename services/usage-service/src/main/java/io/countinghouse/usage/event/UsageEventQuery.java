package io.countinghouse.usage.event;

import java.time.Instant;
import java.util.UUID;

/**
 * Which events to read: of a tenant (null for all), under a meter (null for any), in {@code [from, to)}, accepted by
 * the cut-off {@code asOf} and not voided by then; without a cut-off voided events are listed too.
 */
record UsageEventQuery(UUID tenant, String meter, Instant from, Instant to, Long asOf, long after, int most) {}
