package io.countinghouse.ai.forecast;

/** How the level of a series goes on once its season, if it has one, is taken out. From plain to rich. */
enum Method {
    /** The last value stays; with a season, that of the last season. */
    NAIVE("naive", 1),
    /** The mean stays; with a season, that of each of its places. */
    MEAN("mean", 2),
    /** A level that follows the values: simple exponential smoothing. */
    SMOOTHING("smoothing", 5),
    /** A level with a trend that dies away. */
    DAMPED_TREND("damped-trend", 8),
    /** A straight line, fitted by least squares. */
    LINE("line", 8);

    private final String text;
    private final int leastValues;

    Method(String text, int leastValues) {
        this.text = text;
        this.leastValues = leastValues;
    }

    /** With a season, each of its places must have been seen, and a moving level be told from it. */
    boolean fits(int values, int season) {
        if (season == 1) {
            return values >= leastValues;
        }
        return switch (this) {
            case NAIVE, MEAN -> values >= season;
            case SMOOTHING, DAMPED_TREND, LINE -> values >= 2 * season && values >= leastValues;
        };
    }

    /** Whether it follows the level, instead of holding that there is one for all time. */
    boolean moves() {
        return this != MEAN && this != LINE;
    }

    String name(int season) {
        return season == 1 ? text : "seasonal-" + text;
    }
}
