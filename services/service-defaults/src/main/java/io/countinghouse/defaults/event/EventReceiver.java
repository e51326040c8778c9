package io.countinghouse.defaults.event;

import io.countinghouse.defaults.correlation.Correlation;
import io.countinghouse.defaults.security.ServiceTokenFilter;
import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The inbox of another service, as its sender sees it. */
@RegisterRestClient(configKey = "event-receiver")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/v1/inbox")
interface EventReceiver {

    @POST
    @Consumes(CloudEvent.MEDIA_TYPE)
    Uni<Response> deliver(
            @Url String receiver, @HeaderParam(Correlation.HEADER) String correlationId, CloudEvent event);
}
