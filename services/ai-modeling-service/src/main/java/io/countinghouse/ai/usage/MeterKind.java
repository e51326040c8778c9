package io.countinghouse.ai.usage;

import java.util.Locale;

/** What a meter's number of a window is, and so what may be done with several of them. */
public enum MeterKind {
    /** An amount of its own (sum, count): those of several windows add up. */
    AMOUNT,
    /** How many were different (unique_count): two windows may have the same ones, so nothing adds up. */
    DISTINCT,
    /** A state that stays until it changes (min, max, latest): nothing adds up. */
    STATE;

    static MeterKind of(String aggregation) {
        return switch (aggregation.toLowerCase(Locale.ROOT)) {
            case "min", "max", "latest" -> STATE;
            case "unique_count" -> DISTINCT;
            default -> AMOUNT;
        };
    }

    public boolean addsUp() {
        return this == AMOUNT;
    }
}
