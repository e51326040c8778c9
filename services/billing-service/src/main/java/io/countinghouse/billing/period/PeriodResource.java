package io.countinghouse.billing.period;

import io.countinghouse.billing.profile.BilledParty;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

@Path("/v1/billing/periods")
class PeriodResource {
    private final Periods periods;
    private final Caller caller;
    private final TenantTransaction transaction;

    PeriodResource(Periods periods, Caller caller, TenantTransaction transaction) {
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
}
