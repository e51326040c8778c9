package io.countinghouse.usage.stats;

import java.time.Instant;
import java.util.UUID;

/** @param databaseBytes size of this service's database on disk */
record SystemStatsView(
        UUID id,
        Instant measuredAt,
        long events,
        long eventsLastHour,
        long voidedEvents,
        long tenants,
        long meters,
        long databaseBytes) {}
