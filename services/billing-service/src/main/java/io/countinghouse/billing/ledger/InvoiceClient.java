package io.countinghouse.billing.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.countinghouse.defaults.security.ServiceTokenFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.joda.money.Money;

/** The part of invoice-service that billing reads. */
@RegisterRestClient(configKey = "invoice-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/v1/invoices")
interface InvoiceClient {

    /** What is left of all issued invoices, by tenant and currency. */
    @GET
    @Path("/balances")
    Uni<Balances> balances(@QueryParam("limit") int limit, @QueryParam("after") String after);

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Balances(List<Balance> data, String next) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Balance(UUID tenantId, String currency, Money balance) {}
}
