package io.countinghouse.invoice.payment;

import io.countinghouse.defaults.problem.ProblemException;
import java.time.Duration;
import java.util.List;

/** Stripe does not answer, fails, or is still busy with the same payment. Nothing is booked; trying again is harmless. */
class StripeUnavailableException extends ProblemException {

    private static final long serialVersionUID = 1L;
    private static final Duration RETRY = Duration.ofSeconds(10);

    StripeUnavailableException() {
        super(
                503,
                "payment-provider-unavailable",
                "Payment provider unavailable",
                "Stripe does not answer just now; nothing was booked. Send the same payment again: it is taken once.",
                List.of(),
                RETRY);
    }
}
