package io.countinghouse.billing.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * The part of a whole interval that a period covers, counted in seconds: two whole numbers, so that nothing is
 * rounded before the amount is.
 *
 * @param covered seconds of the period, not negative
 * @param whole seconds of the whole interval, greater than 0 and not less than {@code covered}
 */
public record Proration(long covered, long whole) {
    public static final Proration WHOLE = new Proration(1, 1);

    /** Digits of {@link #fraction()}, as Kill Bill shows them. */
    private static final int FRACTION_DIGITS = 9;

    public Proration {
        if (covered < 0 || whole <= 0 || covered > whole) {
            throw new IllegalArgumentException(covered + " of " + whole + " seconds is no part of an interval");
        }
    }

    /** The part of {@code [wholeStart, wholeEnd)} that {@code [start, end)} covers. */
    public static Proration of(Instant start, Instant end, Instant wholeStart, Instant wholeEnd) {
        return new Proration(
                Duration.between(start, end).toSeconds(),
                Duration.between(wholeStart, wholeEnd).toSeconds());
    }

    public boolean isWhole() {
        return covered == whole;
    }

    /** {@code amount × covered / whole}, divided last, to {@code scale} digits. */
    public BigDecimal of(BigDecimal amount, int scale, RoundingMode rounding) {
        return amount.multiply(BigDecimal.valueOf(covered)).divide(BigDecimal.valueOf(whole), scale, rounding);
    }

    /** For people to read: 9 digits, half up. Money is never computed from it. */
    public BigDecimal fraction() {
        return of(BigDecimal.ONE, FRACTION_DIGITS, RoundingMode.HALF_UP);
    }
}
