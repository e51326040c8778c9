package io.countinghouse.auditlog.entry;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.stream.Collectors;

/** Appends what the seven services report; whose it is comes with the event, never from its data. */
@ApplicationScoped
class AuditRecordedHandler implements EventHandler {

    private final AuditLogService log;
    private final RefusedAppends refused;
    private final Validator validator;
    private final Clock clock;

    AuditRecordedHandler(AuditLogService log, RefusedAppends refused, Validator validator, Clock clock) {
        this.log = log;
        this.refused = refused;
        this.validator = validator;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "countinghouse.audit.recorded.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        return Uni.createFrom()
                .deferred(() -> log.append(
                        NewEntry.reported(validated(event), event.tenantId(), event.source(), clock.instant())))
                .replaceWithVoid()
                .onFailure(AuditRecordedHandler::isFinal)
                .invoke(failure -> refused.count());
    }

    /** What the sender cannot mend by sending again, which it does with all else: nothing is lost by a database away. */
    private static boolean isFinal(Throwable failure) {
        return failure instanceof ProblemException problem && problem.status() < 500;
    }

    private RecordAuditLogRequest validated(ReceivedEvent event) {
        var reported = event.dataAs(RecordAuditLogRequest.class);
        String violations = validator.validate(reported).stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining("; "));
        if (!violations.isEmpty()) {
            throw ProblemException.unprocessable(
                    "event-data", "Event '" + event.id() + "' is not a valid audit entry: " + violations + ".");
        }
        return reported;
    }
}
