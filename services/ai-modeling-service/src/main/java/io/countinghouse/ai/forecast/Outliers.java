package io.countinghouse.ai.forecast;

/**
 * Single values far from everything else: a retry loop of one night, a backfill. They are real and were billed, but they
 * tell nothing about next week, and squared errors would see nothing but them.
 */
final class Outliers {

    /** A value that lies further from the others than three times all that they differ among themselves. */
    private static final double FAR = 3;

    /** Where the others are all alike, half of their size stands for the difference. */
    private static final double ALIKE = 0.5;

    private static final int LEAST = 8;

    private Outliers() {}

    /** The history with each such value replaced by the nearest that another reaches; at most one in ten. */
    static double[] replaced(double[] history) {
        double[] y = history.clone();
        for (int i = 0; y.length >= LEAST && i < y.length / 10 + 1; i++) {
            if (!replaceOne(y)) {
                break;
            }
        }
        return y;
    }

    private static boolean replaceOne(double[] y) {
        int highest = 0;
        int lowest = 0;
        for (int t = 1; t < y.length; t++) {
            highest = y[t] > y[highest] ? t : highest;
            lowest = y[t] < y[lowest] ? t : lowest;
        }
        double middle = middleOf(y, highest, lowest);
        int far = y[highest] - middle >= middle - y[lowest] ? highest : lowest;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < y.length; t++) {
            if (t != far) {
                least = Math.min(least, y[t]);
                most = Math.max(most, y[t]);
            }
        }
        double nearest = far == highest ? most : least;
        double range = Math.max(most - least, ALIKE * Math.max(Math.abs(most), Math.abs(least)));
        if (range > 0 && Math.abs(y[far] - nearest) > FAR * range) {
            y[far] = nearest;
            return true;
        }
        return false;
    }

    private static double middleOf(double[] y, int highest, int lowest) {
        double sum = 0;
        int count = 0;
        for (int t = 0; t < y.length; t++) {
            if (t != highest && t != lowest) {
                sum += y[t];
                count++;
            }
        }
        return sum / count;
    }
}
