package io.countinghouse.billing.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.joda.money.Money;

/**
 * What billing reads of the events of invoice-service.
 *
 * @param amount what moved; null where nothing did, or where a sender of before that field means the total
 * @param paymentId null unless a payment was booked
 * @param creditNoteId null unless a credit note was issued
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record InvoiceEvent(
        UUID invoiceId,
        String number,
        UUID periodId,
        UUID subscriptionId,
        Money total,
        Money amount,
        UUID paymentId,
        String method,
        UUID creditNoteId,
        String creditNoteNumber) {}
