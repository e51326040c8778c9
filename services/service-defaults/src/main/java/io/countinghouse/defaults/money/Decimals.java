package io.countinghouse.defaults.money;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.defaults.problem.ProblemException;
import java.math.BigDecimal;

/**
 * Decimal numbers that came from outside. {@code 1e999999999} is short to send and takes gigabytes to write out, so each
 * question is answered without writing a number out, and none is taken that cannot be written out cheaply.
 */
public final class Decimals {

    /** Digits on each side of the point: far more than any quantity needs, and no work to write out. */
    static final int MOST_DIGITS = 1000;

    private static final int MOST_SHOWN = 60;

    private Decimals() {}

    /** Whether the value needs at most so many digits before and after the point; zeros at its end do not count. */
    public static boolean fits(BigDecimal number, int whole, int fraction) {
        if (number.signum() == 0) {
            return true;
        }
        BigDecimal shortest = number.stripTrailingZeros();
        return (long) shortest.precision() - shortest.scale() <= whole && shortest.scale() <= fraction;
    }

    /**
     * The same value in a form whose plain notation is short.
     *
     * @throws ProblemException 400 for a number of more than 1,000 digits before or after the point
     */
    static BigDecimal bounded(BigDecimal number) {
        if (!fits(number, MOST_DIGITS, MOST_DIGITS)) {
            throw ProblemException.badRequest(
                    "number-out-of-range",
                    "'" + quoted(number) + "' has more than " + MOST_DIGITS + " digits before or after the point.");
        }
        BigDecimal kept = number.scale() > MOST_DIGITS ? number.stripTrailingZeros() : number;
        if (kept.scale() >= 0) {
            return kept;
        }
        return kept.signum() == 0 ? BigDecimal.ZERO : kept.setScale(0);
    }

    /** The text of a JSON value as it counts: a number in plain notation whatever notation it was sent in. */
    public static String text(JsonNode value) {
        return value.isNumber() ? bounded(value.decimalValue()).toPlainString() : value.asText();
    }

    /** For messages: the number as it was sent or shorter, never written out. */
    public static String quoted(BigDecimal number) {
        boolean isPlain = number.scale() >= 0 && number.scale() <= MOST_SHOWN;
        String text = isPlain ? number.toPlainString() : number.toString();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
