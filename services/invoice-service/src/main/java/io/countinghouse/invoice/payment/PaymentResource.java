package io.countinghouse.invoice.payment;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.invoice.invoice.InvoiceView;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

@Path("/v1/invoices/{id}/pay")
class PaymentResource {
    private final PaymentService payments;
    private final Idempotency idempotency;

    PaymentResource(PaymentService payments, Idempotency idempotency) {
        this.payments = payments;
        this.idempotency = idempotency;
    }

    @POST
    @RolesAllowed({Roles.OWNER, Roles.ADMIN, Roles.BILLING, Roles.OPERATOR, Roles.SERVICE, Roles.INVOICES_WRITE})
    @Operation(summary = "Pay an invoice, wholly or in part")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = InvoiceView.class)))
    public Uni<Response> pay(@PathParam("id") UUID id, @NotNull @Valid PayInvoiceRequest request) {
        return idempotency.once(
                request,
                () -> payments.pay(id, request).map(view -> Response.ok(view).build()));
    }
}
