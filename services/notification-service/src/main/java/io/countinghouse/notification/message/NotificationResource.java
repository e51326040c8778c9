package io.countinghouse.notification.message;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.BILLING;
import static io.countinghouse.defaults.security.Roles.MEMBER;
import static io.countinghouse.defaults.security.Roles.NOTIFICATIONS_READ;
import static io.countinghouse.defaults.security.Roles.NOTIFICATIONS_WRITE;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.SERVICE;
import static io.countinghouse.defaults.security.Roles.VIEWER;

import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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

/** Messages over HTTP. */
@Path("/v1/notifications")
@Tag(name = "notifications")
class NotificationResource {

    private final NotificationService notifications;
    private final Idempotency idempotency;

    NotificationResource(NotificationService notifications, Idempotency idempotency) {
        this.notifications = notifications;
        this.idempotency = idempotency;
    }

    @GET
    @RolesAllowed({OWNER, ADMIN, BILLING, MEMBER, VIEWER, OPERATOR, SERVICE, NOTIFICATIONS_READ})
    @Operation(summary = "List messages, newest first")
    public Uni<Page<NotificationView>> list(
            @BeanParam @Valid NotificationFilter filter, @BeanParam @Valid PageRequest page) {
        return notifications.list(filter, page);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({OWNER, ADMIN, BILLING, MEMBER, VIEWER, OPERATOR, SERVICE, NOTIFICATIONS_READ})
    @Operation(summary = "Show a message with what it says and every attempt to deliver it")
    public Uni<NotificationDetailView> get(UUID id) {
        return notifications.get(id);
    }

    @POST
    @Path("send")
    @RolesAllowed({OPERATOR, SERVICE, NOTIFICATIONS_WRITE})
    @Operation(summary = "Send a message made of a template; it is queued when this answers")
    @APIResponse(
            responseCode = "201",
            description = "Queued",
            content = @Content(schema = @Schema(implementation = NotificationView.class)))
    public Uni<Response> send(@Valid @NotNull SendRequest request, @Context UriInfo uri) {
        return idempotency.once(
                request,
                () -> notifications
                        .send(request)
                        .map(view -> Response.created(uri.getBaseUriBuilder()
                                        .path(NotificationResource.class)
                                        .path(view.id().toString())
                                        .build())
                                .entity(view)
                                .build()));
    }

    @POST
    @Path("{id}/retry")
    @RolesAllowed({OWNER, ADMIN, OPERATOR, NOTIFICATIONS_WRITE})
    @Operation(summary = "Try a failed message again, with as many attempts as a new one has")
    @APIResponse(
            responseCode = "200",
            description = "Queued again",
            content = @Content(schema = @Schema(implementation = NotificationView.class)))
    public Uni<Response> retry(UUID id) {
        return idempotency.once(
                Map.of(),
                () -> notifications.retry(id).map(view -> Response.ok(view).build()));
    }
}
