package io.countinghouse.billing.usage;

import io.countinghouse.defaults.security.ServiceTokenFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The part of usage-service that billing reads. */
@RegisterRestClient(configKey = "usage-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/v1/usage")
interface UsageClient {

    @POST
    @Path("/cutoffs")
    Uni<UsageAnswer.Cutoff> cutoff(UsageAnswer.CutoffRequest request);

    @GET
    @Path("/meters/{key}")
    Uni<UsageAnswer.Meter> meter(@PathParam("key") String key);

    @GET
    @Path("/metrics")
    Uni<UsageAnswer.Metrics> metrics(
            @QueryParam("tenant_id") UUID tenantId,
            @QueryParam("meter") String meter,
            @QueryParam("from") Instant from,
            @QueryParam("to") Instant to,
            @QueryParam("as_of") String asOf);

    @GET
    @Path("/events")
    Uni<UsageAnswer.Events> events(
            @QueryParam("tenant_id") UUID tenantId,
            @QueryParam("meter") String meter,
            @QueryParam("from") Instant from,
            @QueryParam("to") Instant to,
            @QueryParam("as_of") String asOf,
            @QueryParam("order") String order,
            @QueryParam("limit") int limit,
            @QueryParam("after") String after);
}
