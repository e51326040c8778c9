package io.countinghouse.usage.trail;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.AUDIT_READ;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.SERVICE;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reads the trail of usage. */
@Path("/v1/usage/audit-events")
@Tag(name = "audit events")
class AuditEventResource {

    private final AuditEventService events;

    AuditEventResource(AuditEventService events) {
        this.events = events;
    }

    @GET
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, AUDIT_READ})
    @Operation(summary = "List what was changed about usage, newest first; an operator may name a tenant")
    public Uni<Page<AuditEventView>> list(
            @QueryParam("tenant_id") UUID tenant,
            @QueryParam("action") String action,
            @BeanParam @Valid PageRequest page) {
        return events.list(tenant, action, page);
    }
}
