package io.countinghouse.usage.trail;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.correlation.Correlation;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes each change to this service's own trail and to the audit log, in the transaction of the change. */
@Startup
@ApplicationScoped
public class AuditEventService {

    private final AuditEventRepository events;
    private final AuditTrail auditLog;
    private final TenantTransaction transaction;
    private final Caller caller;
    private final Clock clock;
    private final Counter recorded;

    AuditEventService(
            AuditEventRepository events,
            AuditTrail auditLog,
            TenantTransaction transaction,
            Caller caller,
            Clock clock,
            MeterRegistry metrics) {
        this.events = events;
        this.auditLog = auditLog;
        this.transaction = transaction;
        this.caller = caller;
        this.clock = clock;
        this.recorded = metrics.counter("usage.audit.events");
    }

    /** MUST be called in the transaction of the change. */
    public Uni<Void> record(
            String action, String resourceType, Object resourceId, UUID tenant, Map<String, ?> details) {
        AuditTrail.Actor actor = auditLog.currentActor();
        Map<String, String> texts = details.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
        AuditEvent event = AuditEvent.of(
                tenant,
                action,
                actor.type(),
                actor.id(),
                texts,
                Correlation.current().orElse(null),
                clock.instant());
        return events.persist(event)
                .chain(() -> auditLog.record(action, resourceType, resourceId, tenant, texts))
                .invoke(() -> recorded.increment());
    }

    Uni<Page<AuditEventView>> list(UUID tenant, String action, PageRequest page) {
        Optional<UUID> about =
                caller.isAboveTenants() ? Optional.ofNullable(tenant) : Optional.of(caller.tenantId(tenant));
        return transaction
                .asCaller(() -> events.page(about, Optional.ofNullable(action), page.afterId(), page.limit() + 1))
                .map(found -> Page.of(
                                found, page.limit(), event -> event.view().id().toString())
                        .map(AuditEvent::view));
    }
}
