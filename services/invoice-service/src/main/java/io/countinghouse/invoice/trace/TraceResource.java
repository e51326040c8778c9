package io.countinghouse.invoice.trace;

import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

@Path("/v1/invoices/{id}/lines/{n}/trace")
class TraceResource {
    private final LineTracer tracer;

    TraceResource(LineTracer tracer) {
        this.tracer = tracer;
    }

    @GET
    @RolesAllowed({
        Roles.OWNER,
        Roles.ADMIN,
        Roles.BILLING,
        Roles.MEMBER,
        Roles.VIEWER,
        Roles.OPERATOR,
        Roles.SERVICE,
        Roles.INVOICES_READ
    })
    @Operation(summary = "Trace a line to its price version and the usage events behind it")
    public Uni<LineTrace> trace(
            @PathParam("id") UUID id,
            @PathParam("n") int position,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MOST) int limit,
            @QueryParam("after") @Size(max = 100) String after) {
        return tracer.trace(id, position, limit, after);
    }
}
