package io.countinghouse.defaults.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The sender's side of the outbox table; every method needs a running transaction. */
@ApplicationScoped
class OutboxRepository {

    private static final String COLUMNS =
            "cast(id as text) as id, cast(event_id as text) as event_id, destination, type,"
                    + " cast(tenant_id as text) as tenant_id, subject, to_char(occurred_at at time zone 'UTC',"
                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as occurred_at, cast(data as text) as data,"
                    + " correlation_id, traceparent, attempts, last_error";

    private final ObjectMapper json;
    private final Clock clock;

    OutboxRepository(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** Leases what is due; two dispatchers never get the same row. */
    Uni<List<Letter>> claim(int most, Duration lease) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                update outbox_event set attempts = attempts + 1,
                                       next_attempt_at = cast(cast(:until as text) as timestamptz)
                                where id in (select id from outbox_event
                                             where state = 'pending'
                                               and next_attempt_at <= cast(cast(:now as text) as timestamptz)
                                             order by next_attempt_at, id limit :most for update skip locked)
                                returning \
                                """ + COLUMNS, Tuple.class)
                        .setParameter("now", clock.instant().toString())
                        .setParameter("until", clock.instant().plus(lease).toString())
                        .setParameter("most", most)
                        .getResultList())
                .map(rows -> rows.stream().map(this::letter).toList());
    }

    Uni<Void> delivered(UUID id) {
        return update(
                "update outbox_event set state = 'delivered', last_error = null,"
                        + " delivered_at = cast(cast(:at as text) as timestamptz) where id = cast(:id as uuid)",
                id,
                clock.instant(),
                null);
    }

    Uni<Void> retryAt(UUID id, Instant at, String error) {
        return update(
                "update outbox_event set next_attempt_at = cast(cast(:at as text) as timestamptz),"
                        + " last_error = :error where id = cast(:id as uuid) and state = 'pending'",
                id,
                at,
                error);
    }

    Uni<Void> dead(UUID id, String error) {
        return update(
                "update outbox_event set state = 'dead', last_error = :error,"
                        + " next_attempt_at = cast(cast(:at as text) as timestamptz) where id = cast(:id as uuid)",
                id,
                clock.instant(),
                error);
    }

    Uni<List<Letter>> deadLetters(int most, UUID after) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select " + COLUMNS
                                        + " from outbox_event where state = 'dead' and id > cast(:after as uuid)"
                                        + " order by id limit :most",
                                Tuple.class)
                        .setParameter("after", after)
                        .setParameter("most", most)
                        .getResultList())
                .map(rows -> rows.stream().map(this::letter).toList());
    }

    /** Puts a dead letter back in line; answers whether there was one. */
    Uni<Boolean> revive(UUID id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("update outbox_event set state = 'pending', attempts = 0,"
                                + " next_attempt_at = cast(cast(:now as text) as timestamptz)"
                                + " where id = cast(:id as uuid) and state = 'dead'")
                        .setParameter("id", id)
                        .setParameter("now", clock.instant().toString())
                        .executeUpdate())
                .map(rows -> rows == 1);
    }

    Uni<Integer> forgetDeliveredBefore(Instant before) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("delete from outbox_event where state = 'delivered'"
                                + " and delivered_at < cast(cast(:before as text) as timestamptz)")
                        .setParameter("before", before.toString())
                        .executeUpdate());
    }

    /** State, number of rows, and seconds since the oldest of them happened. */
    Uni<List<Tuple>> backlog() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select state, count(*) as events, min(extract(epoch from occurred_at)) as oldest"
                                        + " from outbox_event where state <> 'delivered' group by state",
                                Tuple.class)
                        .getResultList());
    }

    private Uni<Void> update(String sql, UUID id, Instant at, String error) {
        return Panache.getSession()
                .chain(session -> {
                    var query = session.createNativeQuery(sql)
                            .setParameter("id", id)
                            .setParameter("at", at.toString());
                    return (sql.contains(":error") ? query.setParameter("error", error) : query).executeUpdate();
                })
                .replaceWithVoid();
    }

    private Letter letter(Tuple row) {
        try {
            CloudEvent event = new CloudEvent(
                    "1.0",
                    row.get("event_id", String.class),
                    null,
                    row.get("type", String.class),
                    row.get("subject", String.class),
                    Instant.parse(row.get("occurred_at", String.class)),
                    "application/json",
                    row.get("tenant_id") == null ? null : UUID.fromString(row.get("tenant_id", String.class)),
                    row.get("correlation_id", String.class),
                    row.get("traceparent", String.class),
                    json.readTree(row.get("data", String.class)));
            return new Letter(
                    UUID.fromString(row.get("id", String.class)),
                    row.get("destination", String.class),
                    row.get("attempts", Integer.class),
                    row.get("last_error", String.class),
                    event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("outbox row " + row.get("id") + " holds no JSON", e);
        }
    }

    /** An event on its way to one receiver; the sender's name is filled in when it leaves. */
    record Letter(UUID id, String destination, int attempts, String lastError, CloudEvent event) {}
}
