package io.countinghouse.billing.subscription;

import jakarta.validation.constraints.NotBlank;

/** {@code at_period_end} is only read by a downgrade, and true when absent. */
record ChangePlanRequest(@NotBlank String planCode, Boolean atPeriodEnd) {}
