package io.countinghouse.billing.ledger;

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
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

@Path("/v1/billing/events")
class LedgerResource {
    private final Ledger ledger;
    private final Caller caller;
    private final TenantTransaction transaction;

    LedgerResource(Ledger ledger, Caller caller, TenantTransaction transaction) {
        this.ledger = ledger;
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
    @Operation(summary = "List the ledger of a tenant, newest first")
    public Uni<Page<BillingEventView>> list(
            @QueryParam("tenant_id") UUID tenantId, @BeanParam @Valid PageRequest page) {
        return transaction.asCaller(() -> ledger.page(caller.tenantId(tenantId), page));
    }
}
