package io.countinghouse.auditlog.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.auditlog.tree.StoredTree;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;

/** Appends entries to the log and reads them. */
@Startup
@ApplicationScoped
public class AuditLogService {

    private final AuditLogRepository entries;
    private final StoredTree tree;
    private final TenantTransaction transaction;
    private final Caller caller;
    private final Clock clock;
    private final ObjectMapper json;
    private final Counter appended;

    AuditLogService(
            AuditLogRepository entries,
            StoredTree tree,
            TenantTransaction transaction,
            Caller caller,
            Clock clock,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.entries = entries;
        this.tree = tree;
        this.transaction = transaction;
        this.caller = caller;
        this.clock = clock;
        this.json = json;
        this.appended = metrics.counter("audit.events");
    }

    /**
     * Appends as the last leaf, in the caller's transaction. Appends wait for one another until their transactions end, so
     * this belongs at the end of a transaction.
     */
    public Uni<AuditLog> append(NewEntry entry) {
        return Uni.createFrom()
                .deferred(tree::lockForAppend)
                .chain(leafIndex -> {
                    var log = new AuditLog(entry, leafIndex);
                    return entries.persist(log)
                            .chain(() -> tree.append(leafIndex, log.leafHash()))
                            .chain(entries::flush)
                            .replaceWith(log);
                })
                .invoke(log -> appended.increment());
    }

    Uni<AuditLogView> record(RecordAuditLogRequest request) {
        return append(NewEntry.reported(request, tenantOf(request), caller.subject(), clock.instant()))
                .map(this::view);
    }

    Uni<Page<AuditLogView>> list(AuditLogFilter filter, PageRequest page) {
        UUID tenant = caller.isAboveTenants() ? filter.tenantId : caller.tenantId(filter.tenantId);
        return transaction
                .asCaller(() -> entries.list(filter.conditions(tenant), page.afterNumber(), page.limit() + 1))
                .map(rows -> Page.of(rows, page.limit(), row -> Long.toString(row.leafIndex()))
                        .map(this::view));
    }

    Uni<AuditLogView> get(UUID id) {
        return transaction.asCaller(() -> find(id)).map(this::view);
    }

    /** The entry, in the caller's transaction; 404 where the caller may not see it. */
    public Uni<AuditLog> find(UUID id) {
        return entries.findById(id)
                .map(entry -> entry != null && isCallers(entry) ? entry : null)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("audit log entry", id));
    }

    /** The first wall; row-level security is the second. */
    private boolean isCallers(AuditLog entry) {
        return caller.tenant().map(own -> own.equals(entry.tenantId())).orElse(true);
    }

    /** A tenant speaks for itself alone, and not in the operator's name. */
    private UUID tenantOf(RecordAuditLogRequest request) {
        if (caller.isAboveTenants()) {
            return request.tenantId();
        }
        UUID own = caller.tenantId(request.tenantId());
        if ("operator".equals(request.actorType()) || "system".equals(request.actorType())) {
            throw ProblemException.invalidField(
                    "actor_type",
                    "'" + request.actorType() + "' is for the operator; a tenant may say user or service");
        }
        return own;
    }

    private AuditLogView view(AuditLog log) {
        try {
            return json.readValue(log.canonical(), AuditLogView.class)
                    .at(log.leafIndex(), Base64.getEncoder().encodeToString(log.leafHash()));
        } catch (IOException e) {
            throw new UncheckedIOException("entry " + log.id() + " is not readable", e);
        }
    }
}
