package io.countinghouse.billing.period;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

@Path("/v1/billing/blocked-charges")
class BlockedChargeResource {
    private final BlockedCharges charges;
    private final Idempotency idempotency;
    private final TenantTransaction transaction;

    BlockedChargeResource(BlockedCharges charges, Idempotency idempotency, TenantTransaction transaction) {
        this.charges = charges;
        this.idempotency = idempotency;
        this.transaction = transaction;
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @Operation(summary = "List the charges that were left out of bills, newest first")
    public Uni<Page<BlockedChargeView>> list(
            @QueryParam("tenant_id") UUID tenantId,
            @QueryParam("state")
                    @Pattern(regexp = "blocked|billed|waived", message = "must be blocked, billed or waived")
                    String state,
            @BeanParam @Valid PageRequest page) {
        return transaction.asCaller(() -> charges.page(tenantId, state, page));
    }

    @POST
    @Path("/{id}/waive")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Give a blocked charge up: it is never billed")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = BlockedChargeView.class)))
    public Uni<Response> waive(@PathParam("id") UUID id, @NotNull @Valid WaiveRequest request) {
        return idempotency.once(
                request,
                () -> charges.waive(id, request.reason())
                        .map(view -> Response.ok(view).build()));
    }
}
