package io.countinghouse.ai.usage;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The part of usage-service that forecasts read. */
@RegisterRestClient(configKey = "usage-service")
@OidcClientFilter
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
