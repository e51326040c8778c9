package io.countinghouse.usage.stats;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** One measurement of the state of the service. */
@Entity
@Immutable
@Table(name = "system_stats")
class SystemStats {

    @Id
    private UUID id;

    private Instant measuredAt;
    private long events;
    private long eventsLastHour;
    private long voidedEvents;
    private long tenants;
    private long meters;
    private long databaseBytes;

    protected SystemStats() {}

    SystemStatsView view() {
        return new SystemStatsView(
                id, measuredAt, events, eventsLastHour, voidedEvents, tenants, meters, databaseBytes);
    }
}
