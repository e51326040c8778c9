package io.countinghouse.invoice.creditnote;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.invoice.invoice.OperatorOnly;
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

@Path("/v1/credit-notes")
class CreditNoteResource {
    private final CreditNoteService notes;
    private final Idempotency idempotency;
    private final OperatorOnly operatorOnly;
    private final Caller caller;
    private final TenantTransaction transaction;

    CreditNoteResource(
            CreditNoteService notes,
            Idempotency idempotency,
            OperatorOnly operatorOnly,
            Caller caller,
            TenantTransaction transaction) {
        this.notes = notes;
        this.idempotency = idempotency;
        this.operatorOnly = operatorOnly;
        this.caller = caller;
        this.transaction = transaction;
    }

    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE, Roles.INVOICES_WRITE})
    @Operation(summary = "Credit lines or an amount of an issued invoice")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CreditNoteView.class)))
    public Uni<Response> issue(@NotNull @Valid IssueCreditNoteRequest request, @Context UriInfo uri) {
        operatorOnly.check("issues credit notes");
        return idempotency.once(
                request,
                () -> notes.issue(request)
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
        Roles.INVOICES_READ
    })
    @Operation(summary = "List credit notes, newest first")
    public Uni<Page<CreditNoteView>> list(
            @QueryParam("tenant_id") UUID tenantId,
            @QueryParam("invoice_id") UUID invoiceId,
            @BeanParam @Valid PageRequest page) {
        return transaction.asCaller(
                () -> notes.page(caller.isAboveTenants() ? tenantId : caller.tenantId(tenantId), invoiceId, page));
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
        Roles.INVOICES_READ
    })
    @Operation(summary = "Get a credit note")
    public Uni<CreditNoteView> get(@PathParam("id") UUID id) {
        return transaction.asCaller(() -> notes.get(id));
    }
}
