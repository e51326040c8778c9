package io.countinghouse.defaults.audit;

import io.countinghouse.defaults.correlation.Correlation;
import io.countinghouse.defaults.event.DomainEvent;
import io.countinghouse.defaults.event.Outbox;
import io.countinghouse.defaults.tenancy.Caller;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a person would ask about later, sent to audit-log-service in the transaction of the change: who, what, whose,
 * when, from where, with what outcome, under which correlation id.
 */
@ApplicationScoped
public class AuditTrail {

    static final String TYPE = "countinghouse.audit.recorded.v1";

    private final Outbox outbox;
    private final Caller caller;
    private final CurrentVertxRequest http;
    private final Clock clock;
    private final String service;

    AuditTrail(
            Outbox outbox,
            Caller caller,
            CurrentVertxRequest http,
            Clock clock,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.outbox = outbox;
        this.caller = caller;
        this.http = http;
        this.clock = clock;
        this.service = service;
    }

    /** A change that succeeded, made by the current caller (or by the service itself, outside a request). */
    public Uni<Void> record(
            String action, String resourceType, Object resourceId, UUID tenantId, Map<String, ?> details) {
        return record(currentActor(), action, resourceType, resourceId, tenantId, Outcome.SUCCESS, details);
    }

    /** The full form, for an actor the token does not name yet (login, signup) or an outcome other than success. */
    public Uni<Void> record(
            Actor actor,
            String action,
            String resourceType,
            Object resourceId,
            UUID tenantId,
            Outcome outcome,
            Map<String, ?> details) {
        AuditEntry entry = new AuditEntry(
                service,
                actor.type(),
                Bounds.fit(actor.id(), Bounds.ACTOR_ID),
                action,
                resourceType,
                Bounds.fit(String.valueOf(resourceId), Bounds.RESOURCE_ID),
                outcome.name().toLowerCase(Locale.ROOT),
                clock.instant(),
                clientAddress(),
                Correlation.current().orElse(null),
                Bounds.fit(details));
        return outbox.publish(new DomainEvent(TYPE, tenantId, entry.resourceId(), entry));
    }

    public Actor currentActor() {
        if (!isInRequest() || caller.isAnonymous()) {
            return new Actor("system", service);
        }
        if (caller.isOperator()) {
            return new Actor("operator", caller.subject());
        }
        return caller.isService() || caller.claim("client_id").isPresent()
                ? new Actor("service", caller.claim("client_id").orElseGet(caller::subject))
                : new Actor("user", caller.subject());
    }

    /** Without the zone that a link-local IPv6 address may carry: the log takes addresses alone. */
    private String clientAddress() {
        if (!isInRequest() || http.getCurrent().request().remoteAddress() == null) {
            return null;
        }
        String address = http.getCurrent().request().remoteAddress().hostAddress();
        return address == null ? null : address.split("%", 2)[0];
    }

    /** Scheduled work has a request context too, but no request in it and nobody who could be asked for. */
    private boolean isInRequest() {
        return Arc.container().requestContext().isActive() && http.getCurrent() != null;
    }

    /** Who did it: {@code type} is user, operator, service or system. */
    public record Actor(String type, String id) {}

    public enum Outcome {
        SUCCESS,
        FAILURE,
        DENIED
    }
}
