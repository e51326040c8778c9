package io.countinghouse.invoice.payment;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** Stripe's API as far as it takes a payment: https://docs.stripe.com/api/payment_intents/create. */
@Path("/v1/payment_intents")
interface StripeClient {

    /** Of the API as this client was written against it, whatever the account's default is. */
    String VERSION = "2024-06-20";

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    Uni<JsonNode> create(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam("Stripe-Version") String version,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @FormParam("amount") String amount,
            @FormParam("currency") String currency,
            @FormParam("payment_method") String paymentMethod,
            @FormParam("payment_method_types[]") String paymentMethodType,
            @FormParam("confirm") String confirm,
            @FormParam("off_session") String offSession,
            @FormParam("metadata[invoice_id]") String invoiceId);
}
