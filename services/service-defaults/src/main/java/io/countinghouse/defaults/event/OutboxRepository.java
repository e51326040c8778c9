package io.countinghouse.defaults.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The sender's side of the outbox table; every method needs a running transaction. When a letter is due, and when its lease
 * ends, the database's clock says: the processes that share the table may disagree about the time.
 */
@ApplicationScoped
class OutboxRepository {

    private static final String COLUMNS =
            "cast(id as text) as id, cast(event_id as text) as event_id, destination, type,"
                    + " cast(tenant_id as text) as tenant_id, subject, to_char(occurred_at at time zone 'UTC',"
                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') as occurred_at, cast(data as text) as data,"
                    + " correlation_id, traceparent, attempts, last_error";

    private final ObjectMapper json;

    OutboxRepository(ObjectMapper json) {
        this.json = json;
    }

    /** Leases what is due; two dispatchers never get the same row, whatever their clocks say. */
    Uni<List<Letter>> claim(int most, Duration lease) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                update outbox_event set attempts = attempts + 1,
                                       next_attempt_at = clock_timestamp()
                                           + cast(:lease as double precision) * interval '1 second'
                                where id in (select id from outbox_event
                                             where state = 'pending' and next_attempt_at <= statement_timestamp()
                                             order by next_attempt_at, id limit :most for update skip locked)
                                returning \
                                """ + COLUMNS, Tuple.class)
                        .setParameter("lease", seconds(lease))
                        .setParameter("most", most)
                        .getResultList())
                .map(rows -> rows.stream().map(this::letter).toList());
    }

    Uni<Void> delivered(UUID id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("update outbox_event set state = 'delivered',"
                                + " last_error = null, delivered_at = clock_timestamp() where id = cast(:id as uuid)")
                        .setParameter("id", id)
                        .executeUpdate())
                .replaceWithVoid();
    }

    Uni<Void> retryAfter(UUID id, Duration wait, String error) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                update outbox_event set last_error = :error,
                                       next_attempt_at = clock_timestamp()
                                           + cast(:wait as double precision) * interval '1 second'
                                where id = cast(:id as uuid) and state = 'pending'""")
                        .setParameter("id", id)
                        .setParameter("wait", seconds(wait))
                        .setParameter("error", error)
                        .executeUpdate())
                .replaceWithVoid();
    }

    Uni<Void> dead(UUID id, String error) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "update outbox_event set state = 'dead',"
                                        + " last_error = :error, next_attempt_at = clock_timestamp() where id = cast(:id as uuid)")
                        .setParameter("id", id)
                        .setParameter("error", error)
                        .executeUpdate())
                .replaceWithVoid();
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
                .chain(session -> session.createNativeQuery(
                                "update outbox_event set state = 'pending', attempts = 0,"
                                        + " next_attempt_at = clock_timestamp() where id = cast(:id as uuid) and state = 'dead'")
                        .setParameter("id", id)
                        .executeUpdate())
                .map(rows -> rows == 1);
    }

    Uni<Integer> forgetDelivered(Duration kept) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("delete from outbox_event where state = 'delivered'"
                                + " and delivered_at < now() - cast(:kept as double precision) * interval '1 second'")
                        .setParameter("kept", seconds(kept))
                        .executeUpdate());
    }

    /** Numbers of dead and of pending letters, and how many seconds ago the oldest of the pending ones happened. */
    Uni<Object[]> backlog() {
        // Each count reads the index of its state alone, however much was delivered.
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select (select count(*) from outbox_event where state = 'dead'), count(*),
                                       cast(coalesce(extract(epoch from clock_timestamp() - min(occurred_at)), 0)
                                           as double precision)
                                from outbox_event where state = 'pending'""").getSingleResult())
                .map(row -> (Object[]) row);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
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
