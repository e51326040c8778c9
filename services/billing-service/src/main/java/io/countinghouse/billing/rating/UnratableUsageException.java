package io.countinghouse.billing.rating;

/** Usage for which the price says no amount, such as a quantity beyond a bounded last tier: never guessed at. */
public final class UnratableUsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnratableUsageException(String message) {
        super(message);
    }
}
