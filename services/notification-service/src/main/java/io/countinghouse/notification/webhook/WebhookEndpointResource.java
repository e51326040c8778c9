package io.countinghouse.notification.webhook;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.NOTIFICATIONS_READ;
import static io.countinghouse.defaults.security.Roles.NOTIFICATIONS_WRITE;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.defaults.idempotency.Idempotency;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Endpoints decide where a tenant's data goes, so its owner and admins keep them. */
@Path("/v1/webhook-endpoints")
@Tag(name = "webhook-endpoints")
class WebhookEndpointResource {

    private final WebhookEndpointService endpoints;
    private final Idempotency idempotency;
    private final ObjectMapper json;

    WebhookEndpointResource(WebhookEndpointService endpoints, Idempotency idempotency, ObjectMapper json) {
        this.endpoints = endpoints;
        this.idempotency = idempotency;
        this.json = json;
    }

    @POST
    @RolesAllowed({OWNER, ADMIN, OPERATOR, NOTIFICATIONS_WRITE})
    @Operation(summary = "Register an endpoint; its secret is shown in this answer alone")
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(schema = @Schema(implementation = WebhookEndpointView.class)))
    public Uni<Response> create(@Valid @NotNull WebhookEndpointRequest request, @Context UriInfo uri) {
        return idempotency
                .once(
                        request,
                        () -> endpoints
                                .create(request)
                                .map(view -> Response.created(uri.getAbsolutePathBuilder()
                                                .path(view.id().toString())
                                                .build())
                                        .entity(view)
                                        .build()))
                .map(this::revealed);
    }

    @GET
    @RolesAllowed({OWNER, ADMIN, OPERATOR, NOTIFICATIONS_READ})
    @Operation(summary = "List endpoints")
    public Uni<Page<WebhookEndpointView>> list(
            @QueryParam("tenant_id") UUID tenantId, @BeanParam @Valid PageRequest page) {
        return endpoints.list(tenantId, page);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({OWNER, ADMIN, OPERATOR, NOTIFICATIONS_READ})
    @Operation(summary = "Show an endpoint")
    public Uni<WebhookEndpointView> get(UUID id) {
        return endpoints.get(id);
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({OWNER, ADMIN, OPERATOR, NOTIFICATIONS_WRITE})
    @Operation(summary = "Change an endpoint, or switch it on again")
    public Uni<WebhookEndpointView> change(UUID id, @Valid @NotNull WebhookEndpointRequest request) {
        return endpoints.change(id, request);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({OWNER, ADMIN, OPERATOR, NOTIFICATIONS_WRITE})
    @Operation(summary = "Delete an endpoint; what is queued for it fails")
    public Uni<Void> delete(UUID id) {
        return endpoints.delete(id);
    }

    @POST
    @Path("{id}/rotate-secret")
    @RolesAllowed({OWNER, ADMIN, OPERATOR, NOTIFICATIONS_WRITE})
    @Operation(summary = "Make a new secret; those before sign as well, each for a day from when it was replaced")
    @APIResponse(
            responseCode = "200",
            description = "The endpoint with its new secret",
            content = @Content(schema = @Schema(implementation = WebhookEndpointView.class)))
    public Uni<Response> rotate(UUID id) {
        return idempotency
                .once(
                        Map.of(),
                        () -> endpoints.rotate(id).map(view -> Response.ok(view).build()))
                .map(this::revealed);
    }

    /** The stored answer, first or repeated, with the secret that it holds sealed. */
    private Response revealed(Response stored) {
        try {
            var view = stored.getEntity() instanceof String text
                    ? json.readValue(text, WebhookEndpointView.class)
                    : (WebhookEndpointView) stored.getEntity();
            return Response.fromResponse(stored)
                    .entity(endpoints.revealed(view))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored answer is not readable", e);
        }
    }
}
