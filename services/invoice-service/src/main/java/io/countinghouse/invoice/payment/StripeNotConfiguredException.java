package io.countinghouse.invoice.payment;

import io.countinghouse.defaults.problem.ProblemException;

class StripeNotConfiguredException extends ProblemException {

    private static final long serialVersionUID = 1L;

    StripeNotConfiguredException() {
        super(
                503,
                "payment-provider-not-configured",
                "Payment provider not configured",
                "There is no key that Stripe takes: set countinghouse.invoice.payment.stripe.api-key, or pay by the "
                        + "method 'manual'.");
    }
}
