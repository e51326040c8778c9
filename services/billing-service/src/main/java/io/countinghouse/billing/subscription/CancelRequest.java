package io.countinghouse.billing.subscription;

/** {@code at_period_end} is true when absent; false ends the subscription at once. */
record CancelRequest(Boolean atPeriodEnd) {
    boolean atOnce() {
        return atPeriodEnd != null && !atPeriodEnd;
    }
}
