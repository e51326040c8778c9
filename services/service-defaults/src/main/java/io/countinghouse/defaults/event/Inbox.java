package io.countinghouse.defaults.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.quarkus.arc.All;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns at-least-once delivery into an effect that happens once. */
@ApplicationScoped
class Inbox {

    private final Map<String, EventHandler> handlers;
    private final TenantTransaction transaction;
    private final ObjectMapper json;

    Inbox(@All List<EventHandler> handlers, TenantTransaction transaction, ObjectMapper json) {
        this.handlers = handlers.stream().collect(Collectors.toMap(EventHandler::type, Function.identity()));
        this.transaction = transaction;
        this.json = json;
    }

    Uni<Void> receive(CloudEvent event) {
        EventHandler handler = handlers.get(event.type());
        if (handler == null) {
            throw ProblemException.unprocessable(
                    "unknown-event-type", "This service takes no events of type '" + event.type() + "'.");
        }
        ReceivedEvent received = new ReceivedEvent(
                event.id(),
                event.source(),
                event.type(),
                event.tenantId(),
                event.subject(),
                event.time(),
                event.data(),
                json);
        Supplier<Uni<Void>> work = () -> remember(event)
                .chain(isNew ->
                        isNew ? handler.handle(received) : Uni.createFrom().voidItem());
        return event.tenantId() == null
                ? transaction.forAllTenants(work)
                : transaction.forTenant(event.tenantId(), work);
    }

    /** False when the event has been handled; waits for a delivery of the same event that is under way. */
    private static Uni<Boolean> remember(CloudEvent event) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                insert into inbox_event (source, event_id, type, tenant_id)
                                values (:source, :event, :type, cast(cast(:tenant as text) as uuid))
                                on conflict (source, event_id) do nothing
                                """)
                        .setParameter("source", event.source())
                        .setParameter("event", event.id())
                        .setParameter("type", event.type())
                        .setParameter(
                                "tenant",
                                event.tenantId() == null
                                        ? null
                                        : event.tenantId().toString())
                        .executeUpdate())
                .map(rows -> rows == 1);
    }
}
