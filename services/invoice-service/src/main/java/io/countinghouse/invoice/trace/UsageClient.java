package io.countinghouse.invoice.trace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.defaults.security.ServiceTokenFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The part of usage-service that traces read. */
@RegisterRestClient(configKey = "usage-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/v1/usage")
interface UsageClient {

    @GET
    @Path("/metrics")
    Uni<Metrics> metrics(
            @QueryParam("tenant_id") UUID tenantId,
            @QueryParam("meter") String meter,
            @QueryParam("from") Instant from,
            @QueryParam("to") Instant to,
            @QueryParam("as_of") String asOf);

    @GET
    @Path("/events")
    Uni<Events> events(
            @QueryParam("tenant_id") UUID tenantId,
            @QueryParam("meter") String meter,
            @QueryParam("from") Instant from,
            @QueryParam("to") Instant to,
            @QueryParam("as_of") String asOf,
            @QueryParam("limit") int limit,
            @QueryParam("after") String after);

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Metrics(List<Total> data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Total(long eventCount) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Events(List<Event> data, String next) {}

    /** One event, as usage-service took it in. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Event(
            UUID id,
            String source,
            String eventId,
            String type,
            Instant time,
            String value,
            JsonNode data,
            String sequence) {}
}
