package io.countinghouse.billing.usage;

import java.time.Instant;
import java.util.UUID;

/**
 * Whose usage of which span of time is asked for.
 *
 * @param end exclusive
 * @param cutoff events accepted after it do not count; null counts all that are there now
 */
public record MeteredSpan(UUID tenantId, Instant start, Instant end, String cutoff) {}
