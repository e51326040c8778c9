package io.countinghouse.billing.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;
import org.joda.money.Money;

/** What billing reads of the {@code invoice.invoice.*} events. */
@JsonIgnoreProperties(ignoreUnknown = true)
record InvoiceEvent(UUID invoiceId, String number, UUID periodId, UUID subscriptionId, Money total) {}
