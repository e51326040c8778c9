package io.countinghouse.usage.meter;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.BILLING;
import static io.countinghouse.defaults.security.Roles.MEMBER;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.SERVICE;
import static io.countinghouse.defaults.security.Roles.USAGE_READ;
import static io.countinghouse.defaults.security.Roles.VIEWER;

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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The operator's catalogue of meters. */
@Path("/v1/usage/meters")
@Tag(name = "meters")
class MeterResource {

    private final MeterService meters;
    private final Idempotency idempotency;

    MeterResource(MeterService meters, Idempotency idempotency) {
        this.meters = meters;
        this.idempotency = idempotency;
    }

    @POST
    @RolesAllowed(OPERATOR)
    @Operation(
            summary = "Define a meter; events taken before it was there are measured too",
            description = "Of those, the ones that hold no number which the meter takes count as nothing;"
                    + " unmeasured_events says how many. Negative numbers are refused unless allow_negative is true.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = MeterView.class)))
    public Uni<Response> define(@Valid @NotNull CreateMeterRequest request, UriInfo uri) {
        return idempotency.once(
                request,
                () -> meters.define(request)
                        .map(meter -> Response.created(uri.getAbsolutePathBuilder()
                                        .path(meter.key())
                                        .build())
                                .entity(meter)
                                .build()));
    }

    @GET
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, MEMBER, VIEWER, USAGE_READ})
    @Operation(summary = "List the meters by key")
    public Uni<Page<MeterView>> list(@BeanParam @Valid PageRequest page) {
        return meters.list(page);
    }

    @GET
    @Path("{key}")
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, MEMBER, VIEWER, USAGE_READ})
    @Operation(summary = "Read a meter")
    public Uni<MeterView> get(String key) {
        return meters.get(key);
    }
}
