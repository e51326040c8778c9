package io.countinghouse.notification.webhook;

import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** What endpoints can hear of. A type that nothing publishes would be waited for in vain. */
public final class WebhookEventTypes {

    /** Of a template, by {@code POST /v1/notifications/send}. */
    public static final String SENT = "notification.sent";

    private static final List<String> ALL = List.of(
            "invoice.finalized",
            "invoice.paid",
            "invoice.credited",
            "invoice.voided",
            "invoice.payment_recorded",
            "invoice.credit_note_issued",
            "billing.alert_triggered",
            "billing.subscription_changed",
            SENT);

    private WebhookEventTypes() {}

    /** Fails with a 422 that names each type that is unknown, and those that are known. */
    static void require(List<String> types) {
        var errors = new ArrayList<FieldError>();
        for (int i = 0; i < types.size(); i++) {
            if (!ALL.contains(types.get(i))) {
                errors.add(new FieldError(
                        "event_types[" + i + "]",
                        "is '" + types.get(i) + "', and not one of " + String.join(", ", ALL)));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    422,
                    "webhook-event-type-unknown",
                    "Unprocessable content",
                    errors.getFirst().field() + " " + errors.getFirst().detail() + ".",
                    errors);
        }
    }

    /** @return the type itself, when endpoints can ask for it */
    public static String known(String type) {
        if (!ALL.contains(type)) {
            throw new IllegalStateException("endpoints cannot ask for " + type);
        }
        return type;
    }
}
