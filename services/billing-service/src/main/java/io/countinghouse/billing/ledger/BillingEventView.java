package io.countinghouse.billing.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.joda.money.Money;

record BillingEventView(
        UUID id,
        UUID tenantId,
        long sequence,
        String type,
        UUID subscriptionId,
        UUID periodId,
        Money amount,
        Map<String, String> details,
        Instant occurredAt) {}
