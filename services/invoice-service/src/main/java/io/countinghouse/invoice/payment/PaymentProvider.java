package io.countinghouse.invoice.payment;

import io.smallrye.mutiny.Uni;

/** A way to be paid. */
interface PaymentProvider {

    /** How requests name it. */
    String method();

    /**
     * Takes the money, or says that it was taken. Runs in the transaction that books the payment, with the invoice
     * locked: a provider that calls another system must be idempotent by the order's invoice and reference.
     *
     * @return when the money was taken; fails with a problem when it was not
     */
    Uni<Void> collect(PaymentOrder order);
}
