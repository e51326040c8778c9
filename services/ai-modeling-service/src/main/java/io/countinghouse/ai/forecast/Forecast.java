package io.countinghouse.ai.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * What to expect after a history of equally spaced values.
 *
 * @param sigma standard deviation of the errors one step ahead
 * @param steps one entry per step ahead
 */
public record Forecast(Method method, int seasonLength, Smoothing smoothing, double sigma, List<Step> steps) {

    /** The least from which an error can be told. */
    public static final int LEAST_HISTORY = 3;

    /** The expected value and the interval around it; usage is never below zero, so none of them is. */
    public record Step(double value, double lower, double upper) {}

    /**
     * Forecasts {@code horizon} values.
     *
     * @param history oldest first, at least {@value #LEAST_HISTORY} values
     * @param seasonLength values in a season, such as 7 for days; below 2 there is none
     * @param z half the width of the interval in standard deviations, such as 1.96 for 95 %
     */
    public static Forecast of(double[] history, int seasonLength, int horizon, double z) {
        if (history.length < LEAST_HISTORY) {
            throw new IllegalArgumentException(
                    "a forecast needs at least %d values, not %d".formatted(LEAST_HISTORY, history.length));
        }
        Method method = Method.forHistory(history.length, seasonLength);
        return of(history, method, seasonLength, horizon, z, SmoothingSearch.over(history, method, seasonLength));
    }

    static Forecast of(double[] history, Method method, int seasonLength, int horizon, double z, Smoothing smoothing) {
        ExponentialSmoothing model = ExponentialSmoothing.fit(history, method, seasonLength, smoothing);
        List<Step> steps = new ArrayList<>(horizon);
        for (int step = 1; step <= horizon; step++) {
            double expected = model.expected(step);
            double spread = z * Math.sqrt(model.variance(step));
            steps.add(new Step(atLeastZero(expected), atLeastZero(expected - spread), atLeastZero(expected + spread)));
        }
        return new Forecast(method, seasonLength, smoothing, Math.sqrt(model.variance()), List.copyOf(steps));
    }

    private static double atLeastZero(double value) {
        return Math.max(0, value);
    }
}
