package io.countinghouse.billing.rating;

import java.math.BigDecimal;

/** A price that cannot be charged by; {@code field} names the part of the price in the words of the API. */
public final class InvalidPriceException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidPriceException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }

    static BigDecimal notNegative(String field, String name, BigDecimal value) {
        if (value == null) {
            throw new InvalidPriceException(field, name + " is missing");
        }
        if (value.signum() < 0) {
            throw new InvalidPriceException(field, name + " is " + value.toPlainString() + ", must not be negative");
        }
        return value;
    }

    static BigDecimal notNegative(String field, BigDecimal value) {
        return notNegative(field, field, value);
    }

    static BigDecimal notNegativeOrNull(String field, BigDecimal value) {
        return value == null ? null : notNegative(field, value);
    }
}
