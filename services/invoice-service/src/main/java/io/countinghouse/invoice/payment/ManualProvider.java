package io.countinghouse.invoice.payment;

import io.countinghouse.invoice.invoice.OperatorOnly;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Money that the operator saw arrive, by bank transfer for instance; a customer cannot say so of itself. */
@ApplicationScoped
class ManualProvider implements PaymentProvider {
    private final OperatorOnly operatorOnly;

    ManualProvider(OperatorOnly operatorOnly) {
        this.operatorOnly = operatorOnly;
    }

    @Override
    public String method() {
        return "manual";
    }

    @Override
    public Uni<Void> collect(PaymentOrder order) {
        operatorOnly.check("books manual payments");
        return Uni.createFrom().voidItem();
    }
}
