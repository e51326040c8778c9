package io.countinghouse.billing.subscription;

import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.UUID;

/** {@code start_at} is now when absent; only an operator names another tenant or a start in the past. */
record CreateSubscriptionRequest(@NotBlank String planCode, Instant startAt, Instant endAt, UUID tenantId) {}
