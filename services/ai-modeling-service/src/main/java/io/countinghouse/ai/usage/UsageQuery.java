package io.countinghouse.ai.usage;

import java.time.Instant;
import java.util.UUID;

/** Whose usage of what over {@code [from, to)}, both on full windows. */
public record UsageQuery(UUID tenantId, String meter, Window window, Instant from, Instant to) {}
