package io.countinghouse.ai.forecast;

import java.util.Arrays;

/**
 * One pass of a model over a history, in error correction form (Hyndman et al. 2008, chapter 2): with
 * {@code e = y - (l + b + s)}, the level becomes {@code l + b + alpha e}, the trend {@code b + beta e}, and the season of
 * the day {@code s + gamma e}. The state before the first value is read off the first two seasons (or the first two
 * values), and not estimated.
 */
final class ExponentialSmoothing {

    private final Method method;
    private final int seasonLength;
    private final Smoothing smoothing;
    private final double[] season;
    private double level;
    private double trend;
    private double squaredError;
    private int seen;

    private ExponentialSmoothing(Method method, int seasonLength, Smoothing smoothing) {
        this.method = method;
        this.seasonLength = seasonLength;
        this.smoothing = smoothing;
        this.season = new double[method.hasSeason() ? seasonLength : 1];
    }

    static ExponentialSmoothing fit(double[] history, Method method, int seasonLength, Smoothing smoothing) {
        ExponentialSmoothing model = new ExponentialSmoothing(method, seasonLength, smoothing);
        model.start(history);
        for (double value : history) {
            model.take(value);
        }
        return model;
    }

    private void start(double[] y) {
        switch (method) {
            case SIMPLE -> level = y[0];
            case HOLT -> {
                trend = y[1] - y[0];
                level = y[0] - trend;
            }
            case HOLT_WINTERS -> startWithSeason(y);
        }
    }

    /** The trend between the means of the first two seasons, and what is left of them once it is taken away. */
    private void startWithSeason(double[] y) {
        int m = seasonLength;
        double first = Arrays.stream(y, 0, m).average().orElseThrow();
        double second = Arrays.stream(y, m, 2 * m).average().orElseThrow();
        trend = (second - first) / m;
        level = first - trend * (m + 1) / 2;
        for (int i = 0; i < m; i++) {
            double onFirstLine = level + trend * (i + 1);
            double onSecondLine = level + trend * (i + 1 + m);
            season[i] = (y[i] - onFirstLine + y[i + m] - onSecondLine) / 2;
        }
    }

    private void take(double value) {
        int phase = seen % season.length;
        double error = value - (level + trend + season[phase]);
        level += trend + smoothing.alpha() * error;
        if (method.hasTrend()) {
            trend += smoothing.beta() * error;
        }
        if (method.hasSeason()) {
            season[phase] += smoothing.gamma() * error;
        }
        squaredError += error * error;
        seen++;
    }

    double squaredError() {
        return squaredError;
    }

    /** Residual variance; a parameter costs a degree of freedom. */
    double variance() {
        return squaredError / Math.max(1, seen - method.parameters());
    }

    /** The expected value {@code steps} after the last one seen. */
    double expected(int steps) {
        return level + steps * trend + season[(seen + steps - 1) % season.length];
    }

    /** Variance of the forecast {@code steps} ahead, as for class 1 in chapter 6 of Hyndman et al. 2008: sigma^2 (1 + sum of c_j^2). */
    double variance(int steps) {
        double sum = 1;
        for (int j = 1; j < steps; j++) {
            double c = smoothing.alpha() + (method.hasTrend() ? smoothing.beta() * j : 0);
            if (method.hasSeason() && j % seasonLength == 0) {
                c += smoothing.gamma();
            }
            sum += c * c;
        }
        return variance() * sum;
    }
}
