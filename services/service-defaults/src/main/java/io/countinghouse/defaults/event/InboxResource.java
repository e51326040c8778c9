package io.countinghouse.defaults.event;

import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.countinghouse.defaults.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where the other services deliver their events. */
@Path("/v1/inbox")
@Tag(name = "events")
class InboxResource {

    private final Inbox inbox;

    InboxResource(Inbox inbox) {
        this.inbox = inbox;
    }

    @POST
    @Consumes(CloudEvent.MEDIA_TYPE)
    @RolesAllowed(Roles.SERVICE)
    @Operation(summary = "Take an event of another service; delivering it again changes nothing")
    @Extension(name = IdempotencyKeyParameter.IDEMPOTENCY, value = "source and id of the event")
    public Uni<Void> receive(@Valid @NotNull CloudEvent event) {
        return inbox.receive(event);
    }
}
