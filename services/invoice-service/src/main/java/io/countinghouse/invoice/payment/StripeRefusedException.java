package io.countinghouse.invoice.payment;

import io.countinghouse.defaults.problem.ProblemException;

class StripeRefusedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private StripeRefusedException(int status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    /** @param code Stripe's decline code or status */
    static StripeRefusedException declined(String code, PaymentOrder order) {
        return new StripeRefusedException(
                402,
                "payment-declined",
                "Payment declined",
                "Stripe did not charge '%s' with %s: %s.".formatted(order.reference(), order.amount(), code));
    }

    static StripeRefusedException ofRequest(String code, PaymentOrder order) {
        return new StripeRefusedException(
                422,
                "payment-refused",
                "Payment refused",
                "Stripe cannot charge '%s' with %s: %s.".formatted(order.reference(), order.amount(), code));
    }
}
