package io.countinghouse.billing.period;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Data of {@code billing.charge.blocked.v1}: a period was billed without some of its prices. */
@RegisterForReflection
record ChargesBlocked(
        UUID periodId,
        UUID subscriptionId,
        UUID tenantId,
        String customerName,
        String planCode,
        Instant periodStart,
        Instant periodEnd,
        List<Charge> charges) {
    static final String TYPE = "billing.charge.blocked.v1";

    @RegisterForReflection
    record Charge(UUID blockedChargeId, String description, String meter, String reason) {}
}
