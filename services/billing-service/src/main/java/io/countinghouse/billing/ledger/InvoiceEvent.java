package io.countinghouse.billing.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.joda.money.Money;

/** What billing reads of the {@code invoice.invoice.*} events. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record InvoiceEvent(UUID invoiceId, String number, UUID periodId, UUID subscriptionId, Money total) {}
