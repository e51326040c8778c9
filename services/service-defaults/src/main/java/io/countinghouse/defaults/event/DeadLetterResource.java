package io.countinghouse.defaults.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.defaults.event.OutboxRepository.Letter;
import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Events of this service that a receiver would not take: seen here, mended there, sent again from here. */
@Path("/v1/dead-letters")
@Tag(name = "events")
@RolesAllowed(Roles.OPERATOR)
class DeadLetterResource {

    private static final UUID FIRST = new UUID(0, 0);

    private final OutboxRepository outbox;
    private final OutboxDispatcher dispatcher;
    private final TenantTransaction transaction;

    DeadLetterResource(OutboxRepository outbox, OutboxDispatcher dispatcher, TenantTransaction transaction) {
        this.outbox = outbox;
        this.dispatcher = dispatcher;
        this.transaction = transaction;
    }

    @GET
    @Operation(summary = "List the events that could not be delivered")
    public Uni<Page<DeadLetterView>> list(@BeanParam @Valid PageRequest page) {
        return transaction
                .asCaller(() ->
                        outbox.deadLetters(page.limit() + 1, page.afterId().orElse(FIRST)))
                .map(letters -> Page.of(
                                letters, page.limit(), letter -> letter.id().toString())
                        .map(DeadLetterView::new));
    }

    @POST
    @Path("{id}/retry")
    @Operation(summary = "Deliver an event again; it answers 404 when the event is no dead letter (any more)")
    @Extension(name = IdempotencyKeyParameter.IDEMPOTENCY, value = "the dead letter: revived, it is none any more")
    public Uni<Response> retry(UUID id) {
        return transaction.asCaller(() -> outbox.revive(id)).map(revived -> {
            if (!revived) {
                throw ProblemException.notFound("dead letter", id);
            }
            dispatcher.wake();
            return Response.accepted().build();
        });
    }

    record DeadLetterView(
            UUID id,
            String eventId,
            String type,
            String destination,
            UUID tenantId,
            Instant occurredAt,
            int attempts,
            String lastError,
            JsonNode data) {
        DeadLetterView(Letter letter) {
            this(
                    letter.id(),
                    letter.event().id(),
                    letter.event().type(),
                    letter.destination(),
                    letter.event().tenantId(),
                    letter.event().time(),
                    letter.attempts(),
                    letter.lastError(),
                    letter.event().data());
        }
    }
}
