package io.countinghouse.defaults.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.defaults.correlation.Correlation;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.time.Ids;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Where a service says what happened: the event is written in the transaction of the change itself, and delivered
 * after it committed, at least once, to each receiver that the configuration names for its type.
 */
@ApplicationScoped
public class Outbox {

    private final EventsConfig config;
    private final TenantTransaction transaction;
    private final OutboxDispatcher dispatcher;
    private final ObjectMapper json;
    private final Clock clock;

    Outbox(
            EventsConfig config,
            TenantTransaction transaction,
            OutboxDispatcher dispatcher,
            ObjectMapper json,
            Clock clock) {
        this.config = config;
        this.transaction = transaction;
        this.dispatcher = dispatcher;
        this.json = json;
        this.clock = clock;
    }

    /** MUST be called inside a transaction. */
    public Uni<Void> publish(DomainEvent event) {
        List<String> receivers = config.routes().getOrDefault(event.type(), List.of());
        if (receivers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UUID eventId = Ids.next();
        String data = dataOf(event);
        Uni<Void> all = Uni.createFrom().voidItem();
        for (String receiver : receivers) {
            all = all.chain(() -> Panache.getSession())
                    .chain(session -> insert(session, event, eventId, receiver, data))
                    .replaceWithVoid();
        }
        return all.invoke(() -> transaction.afterCommit(dispatcher::wake));
    }

    private Uni<Integer> insert(Mutiny.Session session, DomainEvent event, UUID eventId, String receiver, String data) {
        return session.createNativeQuery("""
                        insert into outbox_event (id, event_id, destination, type, tenant_id, subject, occurred_at,
                                                  data, correlation_id, traceparent, next_attempt_at)
                        values (cast(:id as uuid), cast(:event as uuid), :destination, :type,
                                cast(cast(:tenant as text) as uuid), :subject,
                                cast(cast(:now as text) as timestamptz), cast(cast(:data as text) as jsonb),
                                :correlation, :trace, clock_timestamp())
                        """)
                .setParameter("id", Ids.next())
                .setParameter("event", eventId)
                .setParameter("destination", receiver)
                .setParameter("type", event.type())
                .setParameter(
                        "tenant",
                        event.tenantId() == null ? null : event.tenantId().toString())
                .setParameter("subject", event.subject())
                .setParameter("now", clock.instant().toString())
                .setParameter("data", data)
                .setParameter("correlation", Correlation.current().orElse(null))
                .setParameter("trace", traceParent())
                .executeUpdate();
    }

    private String dataOf(DomainEvent event) {
        try {
            return json.writeValueAsString(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("data of " + event.type() + " cannot be written as JSON", e);
        }
    }

    /** W3C Trace Context, version 00; null outside a trace. */
    private static String traceParent() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex()
                : null;
    }
}
