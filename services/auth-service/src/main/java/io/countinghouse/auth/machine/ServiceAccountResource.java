package io.countinghouse.auth.machine;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/auth/service-accounts")
@Tag(name = "Machines")
class ServiceAccountResource {

    private final ServiceAccountService service;

    ServiceAccountResource(ServiceAccountService service) {
        this.service = service;
    }

    @POST
    @RolesAllowed({OPERATOR, OWNER, ADMIN})
    @Operation(
            summary = "Create a service account",
            description = "The client secret is in this answer and in no other. An owner or admin may give scopes that "
                    + "read, usage:report and ai:use; the operator may give every scope, for one tenant or for all. "
                    + "usage:write, which records usage, is given by the operator alone.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = ServiceAccountView.class)))
    public Uni<Response> create(@Valid @NotNull CreateServiceAccountRequest request) {
        return service.create(request);
    }

    @GET
    @RolesAllowed({OPERATOR, OWNER, ADMIN})
    @Operation(summary = "The live service accounts, newest first, without secrets")
    public Uni<Page<ServiceAccountView>> list(
            @QueryParam("tenant_id") UUID tenantId, @BeanParam @Valid PageRequest page) {
        return service.list(tenantId, page);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({OPERATOR, OWNER, ADMIN})
    @Operation(
            summary = "Revoke a service account",
            description =
                    "Its secret and its access tokens are refused everywhere within a second. An account that the "
                            + "operator made for a tenant is revoked by the operator alone.")
    public Uni<Void> revoke(@PathParam("id") UUID id) {
        return service.revoke(id);
    }
}
