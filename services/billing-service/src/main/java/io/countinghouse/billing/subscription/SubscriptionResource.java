package io.countinghouse.billing.subscription;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

@Path("/v1/billing/subscription")
class SubscriptionResource {
    private final SubscriptionService service;
    private final Subscriptions subscriptions;
    private final Idempotency idempotency;
    private final Caller caller;
    private final TenantTransaction transaction;

    SubscriptionResource(
            SubscriptionService service,
            Subscriptions subscriptions,
            Idempotency idempotency,
            Caller caller,
            TenantTransaction transaction) {
        this.service = service;
        this.subscriptions = subscriptions;
        this.idempotency = idempotency;
        this.caller = caller;
        this.transaction = transaction;
    }

    @POST
    @RolesAllowed({Roles.OWNER, Roles.ADMIN, Roles.BILLING, Roles.OPERATOR, Roles.BILLING_WRITE})
    @Operation(summary = "Subscribe a tenant to a plan")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = SubscriptionView.class)))
    public Uni<Response> create(@NotNull @Valid CreateSubscriptionRequest request, @Context UriInfo uri) {
        return idempotency.once(
                request,
                () -> service.create(caller.tenantId(request.tenantId()), request)
                        .map(view -> Response.created(uri.getAbsolutePathBuilder()
                                        .path(view.id().toString())
                                        .build())
                                .entity(view)
                                .build()));
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
    @Operation(summary = "List subscriptions, newest first")
    public Uni<Page<SubscriptionView>> list(
            @QueryParam("tenant_id") UUID tenantId, @BeanParam @Valid PageRequest page) {
        return transaction.asCaller(
                () -> subscriptions.page(caller.isAboveTenants() ? tenantId : caller.tenantId(tenantId), page));
    }

    @GET
    @Path("/{id}")
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
    @Operation(summary = "Get a subscription")
    public Uni<SubscriptionView> get(@PathParam("id") UUID id) {
        return transaction.asCaller(() -> subscriptions.view(id));
    }

    @POST
    @Path("/{id}/upgrade")
    @RolesAllowed({Roles.OWNER, Roles.ADMIN, Roles.BILLING, Roles.OPERATOR, Roles.BILLING_WRITE})
    @Operation(summary = "Change to another plan at once; the running period ends now")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SubscriptionView.class)))
    public Uni<Response> upgrade(@PathParam("id") UUID id, @NotNull @Valid ChangePlanRequest request) {
        if (Boolean.TRUE.equals(request.atPeriodEnd())) {
            throw ProblemException.invalidField("at_period_end", "is true, an upgrade takes effect at once");
        }
        return idempotency.once(
                request,
                () -> service.upgrade(id, request).map(view -> Response.ok(view).build()));
    }

    @POST
    @Path("/{id}/downgrade")
    @RolesAllowed({Roles.OWNER, Roles.ADMIN, Roles.BILLING, Roles.OPERATOR, Roles.BILLING_WRITE})
    @Operation(summary = "Change to another plan at the end of the running period, or at once when asked")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SubscriptionView.class)))
    public Uni<Response> downgrade(@PathParam("id") UUID id, @NotNull @Valid ChangePlanRequest request) {
        return idempotency.once(
                request,
                () -> service.downgrade(id, request)
                        .map(view -> Response.ok(view).build()));
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed({Roles.OWNER, Roles.ADMIN, Roles.BILLING, Roles.OPERATOR, Roles.BILLING_WRITE})
    @Operation(summary = "End the subscription with the running period, or at once when asked")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SubscriptionView.class)))
    public Uni<Response> cancel(@PathParam("id") UUID id, @NotNull @Valid CancelRequest request) {
        return idempotency.once(
                request,
                () -> service.cancel(id, request.atOnce())
                        .map(view -> Response.ok(view).build()));
    }

    @POST
    @Path("/{id}/resume")
    @RolesAllowed({Roles.OWNER, Roles.ADMIN, Roles.BILLING, Roles.OPERATOR, Roles.BILLING_WRITE})
    @Operation(summary = "Take a cancellation back that has not taken effect")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SubscriptionView.class)))
    public Uni<Response> resume(@PathParam("id") UUID id) {
        return idempotency.once(
                "resume", () -> service.resume(id).map(view -> Response.ok(view).build()));
    }
}
