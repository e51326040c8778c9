package io.countinghouse.ai.forecast;

/**
 * Finds the parameters with the least squared error one step ahead: over a coarse grid first, because the error has more
 * than one valley, then by halving steps around the best. Deterministic: the same history gives the same forecast.
 */
final class SmoothingSearch {

    private static final double MARGIN = 0.001;
    private static final double GRID = 0.2;
    private static final double FINEST = 0.002;

    private final double[] history;
    private final Method method;
    private final int seasonLength;
    private double[] best;
    private double least = Double.POSITIVE_INFINITY;

    private SmoothingSearch(double[] history, Method method, int seasonLength) {
        this.history = history;
        this.method = method;
        this.seasonLength = seasonLength;
    }

    static Smoothing over(double[] history, Method method, int seasonLength) {
        SmoothingSearch search = new SmoothingSearch(history, method, seasonLength);
        search.overGrid();
        search.refine();
        return at(search.best);
    }

    /** All three run from 0 to 1: alpha itself, beta as a share of alpha, gamma as a share of 1 - alpha. */
    private void overGrid() {
        for (double a = GRID / 2; a < 1; a += GRID) {
            for (double b = 0; b <= (method.hasTrend() ? 1 : 0); b += GRID) {
                for (double g = 0; g <= (method.hasSeason() ? 1 : 0); g += GRID) {
                    attempt(a, b, g);
                }
            }
        }
    }

    private void refine() {
        for (double step = GRID / 2; step >= FINEST; step /= 2) {
            boolean better = true;
            while (better) {
                better = false;
                for (int axis = 0; axis < method.parameters(); axis++) {
                    better |= move(axis, step) | move(axis, -step);
                }
            }
        }
    }

    private boolean move(int axis, double by) {
        double[] moved = best.clone();
        moved[axis] = Math.clamp(moved[axis] + by, 0, 1);
        return attempt(moved[0], moved[1], moved[2]);
    }

    /** Better by a trace of rounding is not better: the search must end. */
    private boolean attempt(double a, double b, double g) {
        double[] candidate = {Math.clamp(a, MARGIN, 1 - MARGIN), b, g};
        double error = ExponentialSmoothing.fit(history, method, seasonLength, at(candidate))
                .squaredError();
        if (error < least * (1 - 1e-12)) {
            least = error;
            best = candidate;
            return true;
        }
        return false;
    }

    private static Smoothing at(double[] shares) {
        double alpha = shares[0];
        return new Smoothing(alpha, alpha * shares[1], (1 - alpha) * shares[2]);
    }
}
