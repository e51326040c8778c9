package io.countinghouse.invoice.payment;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.joda.money.Money;

/** {@code amount} is all that is due when absent. */
record PayInvoiceRequest(
        @NotBlank @Size(max = 50) String method,
        @NotBlank @Size(max = 200) String reference,
        Money amount) {}
