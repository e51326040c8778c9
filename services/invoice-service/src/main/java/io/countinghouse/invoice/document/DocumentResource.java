package io.countinghouse.invoice.document;

import io.countinghouse.defaults.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

@Path("/v1/invoices")
class DocumentResource {
    private static final String PDF = "application/pdf";

    private final DocumentService documents;

    DocumentResource(DocumentService documents) {
        this.documents = documents;
    }

    @GET
    @Path("/{id}/pdf")
    @Produces(PDF)
    @RolesAllowed({
        Roles.OWNER,
        Roles.ADMIN,
        Roles.BILLING,
        Roles.MEMBER,
        Roles.VIEWER,
        Roles.OPERATOR,
        Roles.SERVICE,
        Roles.INVOICES_READ
    })
    @Operation(summary = "The invoice as a PDF")
    public Uni<Response> pdf(@PathParam("id") UUID id) {
        return documents.pdf(id).map(document -> file(document, PDF));
    }

    @GET
    @Path("/{id}/xml")
    @Produces(MediaType.APPLICATION_XML)
    @RolesAllowed({
        Roles.OWNER,
        Roles.ADMIN,
        Roles.BILLING,
        Roles.MEMBER,
        Roles.VIEWER,
        Roles.OPERATOR,
        Roles.SERVICE,
        Roles.INVOICES_READ
    })
    @Operation(summary = "The invoice as an EN 16931 invoice in UBL 2.1")
    public Uni<Response> xml(@PathParam("id") UUID id) {
        return documents.xml(id).map(document -> file(document, MediaType.APPLICATION_XML));
    }

    private static Response file(DocumentService.Document<?> document, String type) {
        return Response.ok(document.content(), type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + document.fileName() + "\"")
                .build();
    }
}
