package io.countinghouse.invoice.payment;

import io.smallrye.config.ConfigMapping;

@ConfigMapping(prefix = "countinghouse.invoice.payment")
interface PaymentConfig {
    /** Whether invoices can be paid with imaginary cards. */
    boolean testProvider();
}
