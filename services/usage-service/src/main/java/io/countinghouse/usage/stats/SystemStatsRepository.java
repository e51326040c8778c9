package io.countinghouse.usage.stats;

import io.countinghouse.defaults.time.Ids;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Measures in the database itself, and reads what was measured. */
@ApplicationScoped
class SystemStatsRepository implements PanacheRepositoryBase<SystemStats, UUID> {

    Uni<Void> measure(Instant at) {
        return getSession()
                .chain(session -> session.createNativeQuery("""
                                insert into system_stats (id, measured_at, events, events_last_hour, voided_events,
                                                          tenants, meters, database_bytes)
                                select cast(:id as uuid), cast(cast(:at as text) as timestamptz), count(*),
                                       count(*) filter (where received_at > cast(cast(:at as text) as timestamptz)
                                                                             - interval '1 hour'),
                                       count(voided_at), count(distinct tenant_id), (select count(*) from meter),
                                       pg_database_size(current_database())
                                from usage_event
                                on conflict (measured_at) do nothing
                                """)
                        .setParameter("id", Ids.next())
                        .setParameter("at", at.toString())
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Newest first. */
    Uni<List<SystemStats>> page(Optional<UUID> after, int most) {
        return (after.isPresent() ? find("id < ?1 order by id desc", after.get()) : find("order by id desc"))
                .page(0, most)
                .list();
    }
}
