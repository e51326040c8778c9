package io.countinghouse.notification.template;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Roles;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Templates are the operator's: tenants see what is rendered for them. */
@Path("/v1/notification-templates")
@Tag(name = "notification-templates")
@RolesAllowed(Roles.OPERATOR)
class NotificationTemplateResource {

    private final TemplateService templates;
    private final Idempotency idempotency;

    NotificationTemplateResource(TemplateService templates, Idempotency idempotency) {
        this.templates = templates;
        this.idempotency = idempotency;
    }

    @POST
    @Operation(summary = "Define a template, with its first version")
    @APIResponse(
            responseCode = "201",
            description = "Defined",
            content = @Content(schema = @Schema(implementation = TemplateView.class)))
    public Uni<Response> create(@Valid @NotNull TemplateRequest request, @Context UriInfo uri) {
        return idempotency.once(
                request,
                () -> templates
                        .create(request)
                        .map(view -> Response.created(uri.getAbsolutePathBuilder()
                                        .path(view.id().toString())
                                        .build())
                                .entity(view)
                                .build()));
    }

    @GET
    @Operation(summary = "List templates at their current versions")
    public Uni<Page<TemplateView>> list(@BeanParam @Valid PageRequest page) {
        return templates.list(page);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Show a template at its current version")
    public Uni<TemplateView> get(UUID id) {
        return templates.get(id);
    }

    @PUT
    @Path("{id}")
    @Operation(summary = "Give a template a new version; messages made before keep theirs")
    public Uni<TemplateView> revise(UUID id, @Valid @NotNull TemplateRequest request) {
        return templates.revise(id, request);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a template; its name stays taken")
    public Uni<Void> delete(UUID id) {
        return templates.delete(id);
    }

    @GET
    @Path("{id}/versions")
    @Operation(summary = "List the versions of a template, newest first")
    public Uni<Page<TemplateView>> listVersions(UUID id, @BeanParam @Valid PageRequest page) {
        return templates.listVersions(id, page);
    }

    @GET
    @Path("{id}/versions/{version}")
    @Operation(summary = "Show a version of a template")
    public Uni<TemplateView> getVersion(UUID id, int version) {
        return templates.getVersion(id, version);
    }
}
