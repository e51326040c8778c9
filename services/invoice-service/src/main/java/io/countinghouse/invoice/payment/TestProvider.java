package io.countinghouse.invoice.payment;

import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Imaginary cards: every reference is charged but {@value #DECLINED}. Switched off unless configured. */
@ApplicationScoped
class TestProvider implements PaymentProvider {
    static final String DECLINED = "card_declined";

    private final PaymentConfig config;

    TestProvider(PaymentConfig config) {
        this.config = config;
    }

    @Override
    public String method() {
        return "test";
    }

    @Override
    public Uni<Void> collect(PaymentOrder order) {
        if (!config.testProvider()) {
            throw ProblemException.unprocessable(
                    "payment-method-disabled", "Method 'test' takes no real money and is switched off here.");
        }
        if (DECLINED.equals(order.reference())) {
            throw new ProblemException(
                    402,
                    "payment-declined",
                    "Payment declined",
                    "The card '" + order.reference() + "' was declined for " + order.amount() + ".");
        }
        return Uni.createFrom().voidItem();
    }
}
