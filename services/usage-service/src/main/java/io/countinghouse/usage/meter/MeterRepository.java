package io.countinghouse.usage.meter;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Finds meters and measures the past for a new one. */
@ApplicationScoped
public class MeterRepository implements PanacheRepositoryBase<Meter, UUID> {

    /**
     * Held shared while events are taken and exclusively while a meter is made: an event is measured either by the
     * transaction that takes it or by the one that makes the meter, never by neither.
     */
    public static final String LOCK = "hashtextextended('usage meters', 0)";

    public Uni<Meter> findByKey(String key) {
        return find("key", key).firstResult();
    }

    public Uni<List<Meter>> ofTypes(Collection<String> eventTypes) {
        return list("eventType in ?1", eventTypes);
    }

    Uni<List<Meter>> page(String afterKey, int most) {
        return find("key > ?1 order by key", afterKey).page(0, most).list();
    }

    Uni<Void> lockOutNewEvents() {
        return getSession()
                .chain(session -> session.createNativeQuery(
                                "select 1 from pg_advisory_xact_lock(" + LOCK + ")", Integer.class)
                        .getSingleResult())
                .replaceWithVoid();
    }

    /** Measures what was taken before the meter was there; answers how many events of its type it cannot measure. */
    Uni<Long> measurePast(Meter meter) {
        return getSession()
                .chain(session -> session.createNativeQuery("""
                        with past as (
                            select e.*, m.id as meter_id, m.value_property, m.group_by,
                                   usage_measurable(e.data, m.value_property, m.aggregation,
                                                    m.allow_negative and not e.self_reported) as measurable
                            from usage_event e join meter m on m.event_type = e.type
                            where m.id = cast(:meter as uuid)
                        ), measured as (
                            insert into usage_metrics (event_id, meter_id, tenant_id, sequence, time, value, text_value,
                                                       groups, void_sequence)
                            select id, meter_id, tenant_id, sequence, time, usage_number(data, value_property),
                                   usage_text(data, value_property), usage_groups(data, group_by), void_sequence
                            from past where measurable
                        )
                        select count(*) from past where not measurable and void_sequence is null
                        """, Long.class)
                        .setParameter("meter", meter.id())
                        .getSingleResult());
    }
}
