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
 * @param whole seconds of the whole interval, greater than 0 and not less than {@code before + covered}
 * @param before seconds of the interval that passed before the period: with them, the parts of one amount are rounded
 *     as they add up, and all of them together are the amount to the last cent
 */
public record Proration(long covered, long whole, long before) {
    public static final Proration WHOLE = new Proration(1, 1);

    /** Digits of {@link #fraction()}, as Kill Bill shows them. */
    private static final int FRACTION_DIGITS = 9;

    public Proration {
        if (covered < 0 || before < 0 || whole <= 0 || before + covered > whole) {
            throw new IllegalArgumentException(covered + " of " + whole + " seconds is no part of an interval");
        }
    }

    /** A part at the beginning of the interval. */
    public Proration(long covered, long whole) {
        this(covered, whole, 0);
    }

    /** The part of {@code [wholeStart, wholeEnd)} that {@code [start, end)} covers. */
    public static Proration of(Instant start, Instant end, Instant wholeStart, Instant wholeEnd) {
        return new Proration(
                Duration.between(start, end).toSeconds(),
                Duration.between(wholeStart, wholeEnd).toSeconds(),
                Duration.between(wholeStart, start).toSeconds());
    }

    public boolean isWhole() {
        return covered == whole;
    }

    /** {@code amount × covered / whole}, divided last, to {@code scale} digits. */
    public BigDecimal of(BigDecimal amount, int scale, RoundingMode rounding) {
        return part(amount, covered, scale, rounding);
    }

    /**
     * What the period adds to the amount: the amount up to its end, rounded, less the amount up to its start, rounded.
     * The parts of an interval add up to the amount exactly, and none differs from {@link #of} by more than one unit of
     * the last digit.
     */
    public BigDecimal added(BigDecimal amount, int scale, RoundingMode rounding) {
        return part(amount, before + covered, scale, rounding).subtract(part(amount, before, scale, rounding));
    }

    /** The same period, counted from where something began to hold that did not hold all the time. */
    public Proration since(long held) {
        return new Proration(covered, whole, held);
    }

    private BigDecimal part(BigDecimal amount, long seconds, int scale, RoundingMode rounding) {
        return amount.multiply(BigDecimal.valueOf(seconds)).divide(BigDecimal.valueOf(whole), scale, rounding);
    }

    /** For people to read: 9 digits, half up. Money is never computed from it. */
    public BigDecimal fraction() {
        return of(BigDecimal.ONE, FRACTION_DIGITS, RoundingMode.HALF_UP);
    }
}
