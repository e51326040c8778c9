package io.countinghouse.billing.period;

import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;

@Path("/v1/billing/subscription/{id}/close")
class CloseResource {
    private final PeriodCloser closer;
    private final Clock clock;

    CloseResource(PeriodCloser closer, Clock clock) {
        this.closer = closer;
        this.clock = clock;
    }

    /** Needs no Idempotency-Key: a period is closed once by itself, however often this is asked for. */
    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @Operation(summary = "Bill each period that has ended; repeated, bills nothing twice")
    @Extension(name = IdempotencyKeyParameter.IDEMPOTENCY, value = "the period: it is billed once")
    public Uni<ClosedPeriods> close(@PathParam("id") UUID id, @Valid CloseRequest request) {
        Instant now = clock.instant();
        Instant upTo = request == null || request.upTo() == null ? now : request.upTo();
        if (upTo.isAfter(now)) {
            throw ProblemException.invalidField(
                    "up_to", "is " + upTo + ", must not be after now, " + now + ": a running period has no total yet");
        }
        return closer.close(id, upTo).map(ClosedPeriods::new);
    }
}
