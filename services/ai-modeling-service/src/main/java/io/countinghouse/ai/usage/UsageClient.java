package io.countinghouse.ai.usage;

import io.countinghouse.defaults.security.ServiceTokenFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The part of usage-service that forecasts read. */
@RegisterRestClient(configKey = "usage-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/v1/usage")
interface UsageClient {

    @GET
    @Path("/metrics")
    Uni<UsageAnswer> metrics(
            @QueryParam("tenant_id") UUID tenantId,
            @QueryParam("meter") String meter,
            @QueryParam("from") Instant from,
            @QueryParam("to") Instant to,
            @QueryParam("window") String window);
}
