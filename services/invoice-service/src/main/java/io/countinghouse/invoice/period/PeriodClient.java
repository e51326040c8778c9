package io.countinghouse.invoice.period;

import io.countinghouse.defaults.security.ServiceTokenFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The part of billing-service that invoices read. */
@RegisterRestClient(configKey = "billing-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/v1/billing/periods")
interface PeriodClient {

    @GET
    @Path("/{id}")
    Uni<BilledPeriod> get(@PathParam("id") UUID id);

    @GET
    @Path("/{id}/party")
    Uni<BilledParty> party(@PathParam("id") UUID id);
}
