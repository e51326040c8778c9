package io.countinghouse.billing.tax;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

@Path("/v1/billing/tax-rates")
class TaxRateResource {
    private final TaxRateService rates;
    private final Idempotency idempotency;
    private final TenantTransaction transaction;

    TaxRateResource(TaxRateService rates, Idempotency idempotency, TenantTransaction transaction) {
        this.rates = rates;
        this.idempotency = idempotency;
        this.transaction = transaction;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Make a tax rate, or the next rate of one from an instant on")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = TaxRateView.class)))
    public Uni<Response> create(@NotNull @Valid CreateTaxRateRequest request, @Context UriInfo uri) {
        return idempotency.once(
                request,
                () -> rates.create(request)
                        .map(view -> Response.created(uri.getAbsolutePathBuilder()
                                        .path(view.code())
                                        .build())
                                .entity(view)
                                .build()));
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE, Roles.BILLING_READ})
    @Operation(summary = "List tax rates by code")
    public Uni<Page<TaxRateView>> list(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MOST) int limit,
            @QueryParam("after") @Size(max = 63) String after) {
        return transaction.asCaller(() -> rates.list(after, limit));
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE, Roles.BILLING_READ})
    @Operation(summary = "Get a tax rate")
    public Uni<TaxRateView> get(@PathParam("code") String code) {
        return transaction.asCaller(() -> rates.get(code));
    }
}
