package io.countinghouse.usage.event;

import io.countinghouse.usage.meter.MeterRepository;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes, voids and reads events; every method needs a running transaction. */
@ApplicationScoped
class UsageEventRepository implements PanacheRepositoryBase<UsageEvent, UUID> {

    private static final String TENANT_LOCK = "hashtextextended('usage of ' || cast(:tenant as text), 0)";

    /** The order of events in time, of a time and an alias; of two tenants' events with the same name the id decides. */
    private static final String IN_TIME = "%1$s, %2$s.source collate \"C\", %2$s.event_id collate \"C\", %2$s.id";

    private static final String UTC = "at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    /**
     * Takes a batch of one tenant: stores the events that are new and measures each under its meters, in one
     * statement. Answers how many were new. Needs {@link #lockShared}. Rows are written in the order of their names,
     * so that two batches with the same names wait for each other and never in a circle; they keep the sequence of
     * their place in the batch.
     *
     * @param batch a JSON array of {id, source, event_id, type, subject, time, data}
     */
    Uni<Integer> take(UUID tenant, boolean selfReported, String batch, Instant now) {
        return getSession()
                .chain(session -> session.createNativeQuery("""
                                with input as materialized (
                                    select e.*, nextval('usage_sequence') as sequence
                                    from jsonb_to_recordset(cast(cast(:batch as text) as jsonb))
                                        as e (id uuid, source text, event_id text, type text, subject text,
                                              time timestamptz, data jsonb)
                                ), taken as (
                                    insert into usage_event (id, tenant_id, sequence, source, event_id, type, subject,
                                                             time, data, received_at, self_reported)
                                    select id, cast(:tenant as uuid), sequence, source, event_id, type, subject, time,
                                           data, cast(cast(:now as text) as timestamptz), cast(:selfreported as boolean)
                                    from input
                                    order by source, event_id, sequence
                                    on conflict (tenant_id, source, event_id) do nothing
                                    returning id, tenant_id, sequence, type, time, data
                                ), measured as (
                                    insert into usage_metrics (event_id, meter_id, tenant_id, sequence, time, value,
                                                               text_value, groups)
                                    select t.id, m.id, t.tenant_id, t.sequence, t.time,
                                           usage_number(t.data, m.value_property),
                                           usage_text(t.data, m.value_property), usage_groups(t.data, m.group_by)
                                    from taken t join meter m on m.event_type = t.type
                                    where usage_measurable(t.data, m.value_property, m.aggregation,
                                                           m.allow_negative and not cast(:selfreported as boolean))
                                )
                                select cast(count(*) as integer) from taken
                                """, Integer.class)
                        .setParameter("batch", batch)
                        .setParameter("tenant", tenant)
                        .setParameter("selfreported", selfReported)
                        .setParameter("now", now.toString())
                        .getSingleResult());
    }

    /** Notes the void of an event; false when it was voided already. Needs {@link #lockShared}. */
    Uni<Boolean> voidEvent(UsageEvent event, String reason, Instant now) {
        return getSession()
                .chain(session -> session.createNativeQuery("""
                                with voided as (
                                    update usage_event
                                    set voided_at = cast(cast(:now as text) as timestamptz), void_reason = :reason,
                                        void_sequence = nextval('usage_sequence')
                                    where id = cast(:id as uuid) and voided_at is null
                                    returning id, void_sequence
                                ), measured as (
                                    update usage_metrics m set void_sequence = v.void_sequence
                                    from voided v where m.event_id = v.id
                                )
                                select cast(count(*) as integer) from voided
                                """, Integer.class)
                        .setParameter("now", now.toString())
                        .setParameter("reason", reason)
                        .setParameter("id", event.id())
                        .getSingleResult())
                .map(rows -> rows == 1);
    }

    /**
     * A position that separates what is accepted for the tenant from what is not yet: waits for batches under way, so
     * that none of them can commit below it afterwards.
     */
    Uni<Long> cutoff(UUID tenant) {
        return getSession()
                .chain(session -> session.createNativeQuery(
                                "select 1 from pg_advisory_xact_lock(" + TENANT_LOCK + ")", Integer.class)
                        .setParameter("tenant", tenant.toString())
                        .getSingleResult()
                        .chain(() -> session.createNativeQuery("select nextval('usage_sequence')", Long.class)
                                .getSingleResult()));
    }

    Uni<List<UsageEventView>> page(UsageEventQuery query) {
        Map<String, Object> parameters = new HashMap<>();
        boolean measured = query.meter() != null && !query.unmeasured();
        StringBuilder sql = new StringBuilder("select cast(e.id as text) as id, cast(e.tenant_id as text) as tenant_id,"
                + " e.source, e.event_id, e.type, e.subject, to_char(e.time " + UTC + " as time,"
                + " to_char(e.received_at " + UTC + " as received_at, cast(e.data as text) as data,"
                + (measured ? " cast(trim_scale(x.value) as text)" : " cast(null as text)") + " as value,"
                + " cast(e.sequence as text) as sequence, to_char(e.voided_at " + UTC + " as voided_at, e.void_reason,"
                + " e.self_reported from usage_event e");
        // The same in both tables; this one is the one with the index of the query.
        String time = measured ? "x.time" : "e.time";
        if (measured) {
            sql.append(
                    " join usage_metrics x on x.event_id = e.id join meter m on m.id = x.meter_id and m.key = :meter");
            parameters.put("meter", query.meter());
        } else if (query.meter() != null) {
            sql.append(" join meter m on m.event_type = e.type and m.key = :meter and not exists"
                    + " (select 1 from usage_metrics x where x.event_id = e.id and x.meter_id = m.id)");
            parameters.put("meter", query.meter());
        }
        sql.append(" where true");
        if (query.tenant() != null) {
            sql.append(" and e.tenant_id = cast(:tenant as uuid)")
                    .append(measured ? " and x.tenant_id = cast(:tenant as uuid)" : "");
            parameters.put("tenant", query.tenant());
        }
        if (query.from() != null) {
            sql.append(" and ").append(time).append(" >= cast(cast(:from as text) as timestamptz)");
            parameters.put("from", query.from().toString());
        }
        if (query.to() != null) {
            sql.append(" and ").append(time).append(" < cast(cast(:to as text) as timestamptz)");
            parameters.put("to", query.to().toString());
        }
        if (query.asOf() != null) {
            sql.append(" and e.sequence <= :asof and (e.void_sequence is null or e.void_sequence > :asof)");
            parameters.put("asof", query.asOf());
        }
        if (query.order() == EventOrder.ACCEPTANCE) {
            if (query.after() != null) {
                sql.append(" and e.sequence > :after");
                parameters.put("after", query.after().sequence());
            }
            sql.append(" order by e.sequence");
        } else {
            if (query.after() != null) {
                sql.append(" and ")
                        .append(time)
                        .append(" >= (select a.time from usage_event a where a.id = cast(:after as uuid)) and (")
                        .append(IN_TIME.formatted("e.time", "e"))
                        .append(") > (select ")
                        .append(IN_TIME.formatted("a.time", "a"))
                        .append(" from usage_event a where a.id = cast(:after as uuid))");
                parameters.put("after", query.after().event());
            }
            sql.append(" order by ").append(IN_TIME.formatted(time, "e"));
        }
        sql.append(" limit :most");
        parameters.put("most", query.most());
        return getSession()
                .chain(session -> {
                    var statement = session.createNativeQuery(sql.toString(), Tuple.class);
                    parameters.forEach(statement::setParameter);
                    return statement.getResultList();
                })
                .map(rows -> rows.stream().map(UsageEventRepository::view).toList());
    }

    /**
     * Held while events of a tenant are taken or voided. The lock is shared, so batches run side by side; they wait only
     * while a meter is made or a cut-off is taken. The meters that are read afterwards are those that will measure.
     */
    Uni<Integer> lockShared(UUID tenant) {
        return getSession()
                .chain(session -> session.createNativeQuery(
                                "select 1 from pg_advisory_xact_lock_shared(" + MeterRepository.LOCK + ") meters,"
                                        + " pg_advisory_xact_lock_shared(" + TENANT_LOCK + ") tenant",
                                Integer.class)
                        .setParameter("tenant", tenant.toString())
                        .getSingleResult());
    }

    private static UsageEventView view(Tuple row) {
        return new UsageEventView(
                UUID.fromString(text(row, "id")),
                UUID.fromString(text(row, "tenant_id")),
                text(row, "source"),
                text(row, "event_id"),
                text(row, "type"),
                text(row, "subject"),
                instant(row, "time"),
                instant(row, "received_at"),
                text(row, "data"),
                text(row, "value"),
                text(row, "sequence"),
                instant(row, "voided_at"),
                text(row, "void_reason"),
                row.get("self_reported", Boolean.class));
    }

    private static String text(Tuple row, String column) {
        return row.get(column, String.class);
    }

    private static Instant instant(Tuple row, String column) {
        String value = text(row, column);
        return value == null ? null : Instant.parse(value);
    }
}
