package io.countinghouse.billing.period;

import io.countinghouse.billing.profile.BilledParty;
import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
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

@Path("/v1/billing/periods")
class PeriodResource {
    private final Periods periods;
    private final Supplements supplements;
    private final Idempotency idempotency;
    private final Caller caller;
    private final TenantTransaction transaction;

    PeriodResource(
            Periods periods,
            Supplements supplements,
            Idempotency idempotency,
            Caller caller,
            TenantTransaction transaction) {
        this.supplements = supplements;
        this.idempotency = idempotency;
        this.periods = periods;
        this.caller = caller;
        this.transaction = transaction;
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
    @Operation(summary = "List billed periods, newest first")
    public Uni<Page<PeriodDocument>> list(
            @QueryParam("tenant_id") UUID tenantId,
            @QueryParam("subscription_id") UUID subscriptionId,
            @BeanParam @Valid PageRequest page) {
        return transaction.asCaller(() ->
                periods.page(caller.isAboveTenants() ? tenantId : caller.tenantId(tenantId), subscriptionId, page));
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
    @Operation(summary = "Get a billed period with its lines")
    public Uni<PeriodDocument> get(@PathParam("id") UUID id) {
        return transaction.asCaller(() -> periods.get(id));
    }

    @GET
    @Path("/{id}/party")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @Operation(summary = "Get the customer of a billed period as it is now, and the tax rate of the period's end")
    public Uni<BilledParty> party(@PathParam("id") UUID id) {
        return transaction.asCaller(() -> periods.party(id));
    }

    @POST
    @Path("/{id}/supplement")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @Operation(summary = "Bill what the bill of a period left out, as far as it can be rated now")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = PeriodDocument.class)))
    public Uni<Response> supplement(@PathParam("id") UUID id, @Context UriInfo uri) {
        return idempotency.once(
                "supplement of " + id,
                () -> supplements.rated(id),
                bill -> supplements
                        .store(bill)
                        .map(document -> Response.created(uri.getBaseUriBuilder()
                                        .path("v1/billing/periods/" + document.periodId())
                                        .build())
                                .entity(document)
                                .build()));
    }
}
