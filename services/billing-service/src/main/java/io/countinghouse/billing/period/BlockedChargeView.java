package io.countinghouse.billing.period;

import java.time.Instant;
import java.util.UUID;

/**
 * A price that was left out of a bill.
 *
 * @param periodId the billed period that it is missing from
 * @param reason why it had no amount when it was tried last
 * @param state blocked, billed (by {@code supplementId}) or waived (for {@code waivedFor})
 */
record BlockedChargeView(
        UUID id,
        UUID tenantId,
        UUID periodId,
        UUID priceId,
        int position,
        String description,
        String meter,
        String reason,
        String state,
        Instant blockedAt,
        Instant resolvedAt,
        UUID supplementId,
        String waivedFor) {}
