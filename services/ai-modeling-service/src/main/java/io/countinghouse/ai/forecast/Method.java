package io.countinghouse.ai.forecast;

/** Which states a model has; the longer the history, the more can be told from it. */
public enum Method {
    /** A level: ETS(A,N,N). */
    SIMPLE("simple"),
    /** A level and a trend: ETS(A,A,N). */
    HOLT("holt"),
    /** A level, a trend and a season: ETS(A,A,A). */
    HOLT_WINTERS("holt-winters");

    /** Three values have two changes, which is the least from which to tell that they are alike. */
    private static final int LEAST_FOR_TREND = 4;

    private final String text;

    Method(String text) {
        this.text = text;
    }

    /** The richest model that the history supports: two whole seasons for a season, four values for a trend. */
    static Method forHistory(int values, int seasonLength) {
        if (seasonLength > 1 && values >= 2 * seasonLength) {
            return HOLT_WINTERS;
        }
        return values >= LEAST_FOR_TREND ? HOLT : SIMPLE;
    }

    boolean hasTrend() {
        return this != SIMPLE;
    }

    boolean hasSeason() {
        return this == HOLT_WINTERS;
    }

    int parameters() {
        return ordinal() + 1;
    }

    @Override
    public String toString() {
        return text;
    }
}
