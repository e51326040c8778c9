package io.countinghouse.invoice.payment;

import java.util.UUID;
import org.joda.money.Money;

/** What is to be paid: {@code reference} is the transfer's own, or the token of a means of payment. */
record PaymentOrder(UUID invoiceId, String reference, Money amount) {}
