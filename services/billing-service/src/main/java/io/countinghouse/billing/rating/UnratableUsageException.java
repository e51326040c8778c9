package io.countinghouse.billing.rating;

/** Usage for which the price says no amount, such as a quantity beyond a bounded last tier: never guessed at. */
public final class UnratableUsageException extends RuntimeException {
    public UnratableUsageException(String message) {
        super(message);
    }
}
