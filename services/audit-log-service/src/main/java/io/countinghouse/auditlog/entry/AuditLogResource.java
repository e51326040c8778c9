package io.countinghouse.auditlog.entry;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.AUDIT_READ;
import static io.countinghouse.defaults.security.Roles.AUDIT_WRITE;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.SERVICE;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Entries over HTTP. They name people and addresses, so of a tenant only its owner and admins read them. */
@Path("/v1/audit-logs")
@Tag(name = "audit-logs")
class AuditLogResource {

    private final AuditLogService log;
    private final Idempotency idempotency;

    AuditLogResource(AuditLogService log, Idempotency idempotency) {
        this.log = log;
        this.idempotency = idempotency;
    }

    @POST
    @RolesAllowed({OPERATOR, SERVICE, AUDIT_WRITE})
    @Operation(summary = "Append an entry; a tenant's machine appends to its own tenant's entries")
    @APIResponse(
            responseCode = "201",
            description = "Appended, with its place in the tree",
            content = @Content(schema = @Schema(implementation = AuditLogView.class)))
    public Uni<Response> append(@Valid @NotNull RecordAuditLogRequest request, @Context UriInfo uri) {
        return idempotency.once(
                request,
                () -> log.record(request)
                        .map(entry -> Response.created(uri.getAbsolutePathBuilder()
                                        .path(entry.id().toString())
                                        .build())
                                .entity(entry)
                                .build()));
    }

    @GET
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, AUDIT_READ})
    @Operation(summary = "List entries, newest first")
    public Uni<Page<AuditLogView>> list(@BeanParam @Valid AuditLogFilter filter, @BeanParam @Valid PageRequest page) {
        return log.list(filter, page);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, AUDIT_READ})
    @Operation(summary = "Show one entry")
    public Uni<AuditLogView> get(UUID id) {
        return log.get(id);
    }
}
