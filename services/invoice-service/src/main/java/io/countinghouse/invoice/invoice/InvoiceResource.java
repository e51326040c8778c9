package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.invoice.period.BilledParty;
import io.countinghouse.invoice.period.PeriodReader;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

@Path("/v1/invoices")
class InvoiceResource {
    private final InvoiceService service;
    private final Invoices invoices;
    private final PeriodReader periods;
    private final Idempotency idempotency;
    private final OperatorOnly operatorOnly;
    private final Caller caller;
    private final TenantTransaction transaction;

    InvoiceResource(
            InvoiceService service,
            Invoices invoices,
            PeriodReader periods,
            Idempotency idempotency,
            OperatorOnly operatorOnly,
            Caller caller,
            TenantTransaction transaction) {
        this.service = service;
        this.invoices = invoices;
        this.periods = periods;
        this.idempotency = idempotency;
        this.operatorOnly = operatorOnly;
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
        Roles.INVOICES_READ
    })
    @Operation(summary = "List invoices, newest first")
    public Uni<Page<InvoiceView>> list(
            @QueryParam("tenant_id") UUID tenantId,
            @QueryParam("status") String status,
            @Parameter(description = "`customer`: drafts whose customer's profile lacks what an invoice must say")
                    @QueryParam("waiting_for")
                    String waitingFor,
            @BeanParam @Valid PageRequest page) {
        InvoiceStatus wanted = statusOf(status);
        if (waitingFor != null && !waitingFor.equals(Invoice.CUSTOMER)) {
            throw ProblemException.invalidField("waiting_for", "'" + waitingFor + "' is not " + Invoice.CUSTOMER);
        }
        return transaction.asCaller(() -> invoices.page(
                caller.isAboveTenants() ? tenantId : caller.tenantId(tenantId), wanted, waitingFor, page));
    }

    @GET
    @Path("/balances")
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
    @Operation(summary = "What is owed, by tenant and currency")
    public Uni<Page<BalanceView>> balances(@QueryParam("tenant_id") UUID tenantId, @BeanParam @Valid PageRequest page) {
        return transaction.asCaller(
                () -> invoices.balances(caller.isAboveTenants() ? tenantId : caller.tenantId(tenantId), page));
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
    @Operation(summary = "Get an invoice")
    public Uni<InvoiceView> get(@PathParam("id") UUID id) {
        return transaction.asCaller(() -> invoices.get(id));
    }

    @POST
    @Path("/generate")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE, Roles.INVOICES_WRITE})
    @Operation(summary = "Draft the invoice of a billed period, or answer the one it has")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = InvoiceView.class)))
    public Uni<Response> generate(@NotNull @Valid GenerateInvoiceRequest request, @Context UriInfo uri) {
        operatorOnly.check("drafts invoices");
        return idempotency.once(
                request,
                () -> periods.get(request.periodId())
                        .chain(period -> periods.party(request.periodId()).map(period::billedTo)),
                period -> service.draft(period.tenantId(), period).map(drafted -> answer(drafted, uri)));
    }

    @POST
    @Path("/{id}/finalize")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE, Roles.INVOICES_WRITE})
    @Operation(summary = "Give a draft its number and issue it")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = InvoiceView.class)))
    public Uni<Response> finalizeInvoice(@PathParam("id") UUID id) {
        operatorOnly.check("issues invoices");
        return idempotency.once(
                id,
                () -> billedParty(id),
                party -> service.finalizeInvoice(id, party)
                        .map(view -> Response.ok(view).build()));
    }

    /** Asked between two transactions, of which the second sees whether the draft is still one; null when it is not. */
    private Uni<BilledParty> billedParty(UUID id) {
        return transaction
                .asCaller(() -> invoices.get(id))
                .chain(invoice -> invoice.status() == InvoiceStatus.DRAFT
                        ? periods.party(invoice.periodId()).call(party -> requireComplete(invoice, party))
                        : Uni.createFrom().nullItem());
    }

    private Uni<Void> requireComplete(InvoiceView draft, BilledParty party) {
        List<String> missing = party.customer().missing();
        return missing.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .asCaller(() -> service.waitForCustomer(draft.id()))
                        .chain(() -> Uni.createFrom().failure(new CustomerIncompleteException(draft, missing)));
    }

    @POST
    @Path("/{id}/void")
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE, Roles.INVOICES_WRITE})
    @Operation(summary = "Void a finalized invoice that nobody paid; it keeps its number")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = InvoiceView.class)))
    public Uni<Response> voidInvoice(@PathParam("id") UUID id) {
        operatorOnly.check("voids invoices");
        return idempotency.once(
                id, () -> service.voidInvoice(id).map(view -> Response.ok(view).build()));
    }

    private static Response answer(InvoiceService.Drafted drafted, UriInfo uri) {
        if (!drafted.isNew()) {
            return Response.ok(drafted.invoice()).build();
        }
        return Response.created(uri.getBaseUriBuilder()
                        .path(InvoiceResource.class)
                        .path(drafted.invoice().id().toString())
                        .build())
                .entity(drafted.invoice())
                .build();
    }

    private static InvoiceStatus statusOf(String word) {
        try {
            return word == null ? null : InvoiceStatus.of(word);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalidField("status", e.getMessage());
        }
    }
}
