package io.countinghouse.notification.document;

import io.countinghouse.defaults.security.ServiceTokenFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The part of invoice-service that mails need. */
@RegisterRestClient(configKey = "invoice-service")
@RegisterProvider(ServiceTokenFilter.class)
@Path("/v1/invoices")
interface InvoiceClient {

    @GET
    @Path("/{id}/pdf")
    @Produces("application/pdf")
    Uni<byte[]> pdf(@PathParam("id") UUID id);
}
