package io.countinghouse.billing.plan;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

@Path("/v1/billing/plans")
class PlanResource {
    private final PlanService plans;
    private final MeterCheck meters;
    private final Idempotency idempotency;
    private final TenantTransaction transaction;

    PlanResource(PlanService plans, MeterCheck meters, Idempotency idempotency, TenantTransaction transaction) {
        this.plans = plans;
        this.meters = meters;
        this.idempotency = idempotency;
        this.transaction = transaction;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Make a plan with its first version")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = PlanView.class)))
    public Uni<Response> create(@NotNull @Valid CreatePlanRequest request, @Context UriInfo uri) {
        plans.check(request);
        return idempotency.once(
                request,
                () -> meters.check(request.prices()),
                checked -> plans.create(request)
                        .map(view -> Response.created(uri.getAbsolutePathBuilder()
                                        .path(view.code())
                                        .build())
                                .entity(view)
                                .build()));
    }

    @POST
    @Path("/{code}/versions")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Make the next version; running subscriptions stay on theirs")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = PlanView.class)))
    public Uni<Response> addVersion(@PathParam("code") String code, @NotNull @Valid CreatePlanVersionRequest request) {
        return idempotency.once(
                request,
                () -> transaction
                        .asCaller(() -> plans.check(code, request))
                        .chain(() -> meters.check(request.prices())),
                checked -> plans.addVersion(code, request)
                        .map(view -> Response.status(Response.Status.CREATED)
                                .entity(view)
                                .build()));
    }

    @PUT
    @Path("/{code}/audience")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Say for whom a plan is: everybody, named tenants, or, archived, nobody new")
    public Uni<PlanView> address(@PathParam("code") String code, @NotNull @Valid Audience request) {
        return transaction.asCaller(() -> plans.address(code, request));
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
        Roles.BILLING_READ
    })
    @Operation(summary = "List plans with their newest prices")
    public Uni<Page<PlanView>> list(@BeanParam @Valid PageRequest page) {
        return transaction.asCaller(() -> plans.list(page));
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({
        Roles.OWNER,
        Roles.ADMIN,
        Roles.BILLING,
        Roles.MEMBER,
        Roles.VIEWER,
        Roles.OPERATOR,
        Roles.SERVICE,
        Roles.BILLING_READ
    })
    @Operation(summary = "Get a plan, with its newest prices or those of a version")
    public Uni<PlanView> get(@PathParam("code") String code, @QueryParam("version") @Min(1) Integer version) {
        return transaction.asCaller(() -> plans.get(code, version));
    }
}
