package io.countinghouse.notification.document;

import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the link in a mail opens: in a browser, of somebody without a login. */
@Path("/v1/notification-documents")
@Tag(name = "notification-documents")
class DocumentResource {

    private static final String PDF = "application/pdf";

    /** A restart of invoice-service takes a few seconds. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final DocumentLinks links;
    private final Documents documents;

    DocumentResource(DocumentLinks links, Documents documents) {
        this.links = links;
        this.documents = documents;
    }

    @GET
    @Path("{invoice}")
    @PermitAll
    @Produces(PDF)
    @Operation(summary = "The PDF of an invoice, for whoever has the signed link of a mail")
    @APIResponse(
            responseCode = "200",
            description = "The PDF",
            content = @Content(mediaType = PDF, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "404", description = "The link was not made here, or the invoice is gone")
    @APIResponse(responseCode = "410", description = "The link has ended")
    public Uni<Response> get(
            UUID invoice,
            @QueryParam("tenant") @NotNull UUID tenant,
            @QueryParam("expires") @NotNull Long expires,
            @QueryParam("signature") @NotNull String signature) {
        links.require(tenant, invoice, expires, signature);
        return documents
                .pdf(invoice)
                .onFailure()
                .transform(failure -> ProblemException.unavailable(
                        "document-unavailable", "The document cannot be made just now. Try again soon.", RETRY_AFTER))
                .map(pdf -> pdf.map(DocumentResource::page)
                        .orElseThrow(() -> ProblemException.notFound("document of invoice", invoice)));
    }

    private static Response page(byte[] pdf) {
        return Response.ok(pdf, PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"invoice.pdf\"")
                // The link is the key: it must not be left where others read it.
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex")
                .build();
    }
}
