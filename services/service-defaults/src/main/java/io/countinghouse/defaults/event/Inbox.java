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
import java.util.Optional;
import java.util.TreeMap;
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
        Uni<Optional<Throwable>> failure = once(event, event.id(), () -> handler.handle(received));
        for (var beside : new TreeMap<>(handler.besides()).entrySet()) {
            failure = failure.chain(before -> once(
                            event,
                            event.id() + "#" + beside.getKey(),
                            () -> beside.getValue().apply(received))
                    .map(after -> worse(before, after)));
        }
        return failure.chain(all -> all.isPresent()
                ? Uni.createFrom().failure(all.get())
                : Uni.createFrom().voidItem());
    }

    /** @param key what the inbox remembers when it is done */
    private Uni<Optional<Throwable>> once(CloudEvent event, String key, Supplier<Uni<Void>> effect) {
        Supplier<Uni<Void>> work = () -> remember(event, key)
                .chain(isNew -> isNew ? effect.get() : Uni.createFrom().voidItem());
        Uni<Void> done = event.tenantId() == null
                ? transaction.forAllTenants(work)
                : transaction.forTenant(event.tenantId(), work);
        return done.map(_ -> Optional.<Throwable>empty()).onFailure().recoverWithItem(Optional::of);
    }

    /** The sender gives up a refused event soon, and one that may be taken later not: the latter is what it is told. */
    private static Optional<Throwable> worse(Optional<Throwable> one, Optional<Throwable> other) {
        return one.isEmpty() || other.isPresent() && one.get() instanceof ProblemException ? other.or(() -> one) : one;
    }

    /** False when the event has been handled; waits for a delivery of the same event that is under way. */
    private static Uni<Boolean> remember(CloudEvent event, String key) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                insert into inbox_event (source, event_id, type, tenant_id)
                                values (:source, :event, :type, cast(cast(:tenant as text) as uuid))
                                on conflict (source, event_id) do nothing
                                """)
                        .setParameter("source", event.source())
                        .setParameter("event", key)
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
