package io.countinghouse.billing.alert;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

@Path("/v1/billing/alerts")
class AlertResource {
    private final AlertService alerts;
    private final AlertEvaluation evaluation;
    private final Idempotency idempotency;
    private final Caller caller;
    private final TenantTransaction transaction;

    AlertResource(
            AlertService alerts,
            AlertEvaluation evaluation,
            Idempotency idempotency,
            Caller caller,
            TenantTransaction transaction) {
        this.alerts = alerts;
        this.evaluation = evaluation;
        this.idempotency = idempotency;
        this.caller = caller;
        this.transaction = transaction;
    }

    @POST
    @RolesAllowed({Roles.OWNER, Roles.ADMIN, Roles.BILLING, Roles.OPERATOR, Roles.BILLING_WRITE})
    @Operation(summary = "Ask to be told when a meter passes a threshold")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = AlertView.class)))
    public Uni<Response> create(@NotNull @Valid CreateAlertRequest request, @Context UriInfo uri) {
        return idempotency.once(
                request,
                () -> alerts.create(caller.tenantId(request.tenantId()), request)
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
    @Operation(summary = "List the alerts of a tenant, newest first")
    public Uni<Page<AlertView>> list(@QueryParam("tenant_id") UUID tenantId, @BeanParam @Valid PageRequest page) {
        return transaction.asCaller(() -> alerts.page(caller.tenantId(tenantId), page));
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
    @Operation(summary = "Get an alert")
    public Uni<AlertView> get(@PathParam("id") UUID id) {
        return transaction.asCaller(() -> alerts.get(id));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.OWNER, Roles.ADMIN, Roles.BILLING, Roles.OPERATOR, Roles.BILLING_WRITE})
    @Operation(summary = "Take an alert back")
    public Uni<Void> delete(@PathParam("id") UUID id) {
        return transaction.asCaller(() -> alerts.delete(id));
    }

    /** Needs no Idempotency-Key: an alert fires once in a period by itself. */
    @POST
    @Path("/evaluate")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @Operation(summary = "Evaluate all alerts now; answers those that fired")
    @Extension(name = IdempotencyKeyParameter.IDEMPOTENCY, value = "the alert and its period: it fires once")
    public Uni<Evaluated> evaluate() {
        return evaluation.evaluate().map(Evaluated::new);
    }

    /** What fired in one round. */
    record Evaluated(List<AlertTriggered> data) {}
}
