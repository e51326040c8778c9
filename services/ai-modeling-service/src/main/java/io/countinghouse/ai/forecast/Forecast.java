package io.countinghouse.ai.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * What to expect after a history of equally spaced values.
 *
 * @param method by name
 * @param seasonLength 1 where no season is seen
 * @param parameters of the method, by name
 * @param sigma standard deviation of the errors one step ahead
 * @param steps one entry per step ahead
 * @param total of all steps: its interval is narrower than the sum of theirs, since errors cancel out in part
 */
public record Forecast(
        String method, int seasonLength, Map<String, Double> parameters, double sigma, List<Step> steps, Step total) {

    /** The least from which an error can be told. */
    public static final int LEAST_HISTORY = 3;

    /** Below so many values, how they differ among themselves is the least that is believed of an error. */
    private static final int FEW = 14;

    /** So many errors must have been seen to say how large they are; of one whole season none has. */
    private static final int LEAST_FREEDOM = 3;

    /** A method that few values chose looks better on them than it is; measured with scripts/bench-forecast. */
    private static final double DOUBT = 2.5;

    /**
     * Errors of a method that was chosen wrongly all have one sign: they add up in the total instead of cancelling out. Below
     * some twenty values that happens; measured with scripts/bench-forecast.
     */
    private static final double DOUBT_OF_TOTAL = 8;

    /** The expected value and the interval around it. */
    public record Step(double value, double lower, double upper) {}

    /**
     * Forecasts {@code horizon} values. A history without negative values has no negative forecast, one without positive
     * values no positive one.
     *
     * @param history oldest first, at least {@value #LEAST_HISTORY} values
     * @param seasons lengths that a season may have, such as 7 for days
     * @param horizon at least 1
     * @param level percent of cases that the interval should hold
     * @param isState whether each value is a state that stays (seats) and not an amount of its own (requests): then a sudden
     *     change is no outlier
     */
    public static Forecast of(double[] history, List<Integer> seasons, int horizon, int level, boolean isState) {
        if (history.length < LEAST_HISTORY) {
            throw new IllegalArgumentException(
                    "a forecast needs at least %d values, not %d".formatted(LEAST_HISTORY, history.length));
        }
        double[] y = isState ? history : Outliers.replaced(history);
        int[] lengths = IntStream.concat(IntStream.of(1), seasons.stream().mapToInt(Integer::intValue))
                .toArray();
        DoubleUnaryOperator bounds = boundsOf(history);
        RollingOrigin.Choice choice = RollingOrigin.best(y, lengths, horizon, isState, bounds);
        Fit fit = choice.method();
        double sigma = fit.sigma() * choice.inflation() * (1 + DOUBT / y.length);
        int freedom = fit.freedom();
        if (y.length < FEW || freedom < LEAST_FREEDOM) {
            sigma = Math.max(sigma, deviation(y));
            freedom = freedom < LEAST_FREEDOM ? y.length - 1 : freedom;
        }
        double width = sigma * StudentT.halfWidth(level, freedom);
        List<Step> steps = new ArrayList<>(horizon);
        double total = 0;
        for (int h = 1; h <= horizon; h++) {
            double value = bounds.applyAsDouble(fit.values()[h - 1]);
            total += value;
            steps.add(step(value, width * Math.sqrt(fit.variance(h)), bounds));
        }
        return new Forecast(
                fit.method().name(fit.season()),
                fit.season(),
                fit.parameters(),
                sigma,
                List.copyOf(steps),
                step(
                        total,
                        width * (1 + Math.pow(DOUBT_OF_TOTAL / y.length, 2)) * Math.sqrt(fit.varianceOfTotal()),
                        bounds));
    }

    private static Step step(double value, double spread, DoubleUnaryOperator bounds) {
        return new Step(value, bounds.applyAsDouble(value - spread), bounds.applyAsDouble(value + spread));
    }

    private static DoubleUnaryOperator boundsOf(double[] history) {
        if (Arrays.stream(history).allMatch(value -> value >= 0)) {
            return value -> Math.max(0, value);
        }
        return Arrays.stream(history).allMatch(value -> value <= 0) ? value -> Math.min(0, value) : value -> value;
    }

    private static double deviation(double[] y) {
        double mean = Arrays.stream(y).average().orElseThrow();
        return Math.sqrt(
                Arrays.stream(y).map(value -> (value - mean) * (value - mean)).sum() / (y.length - 1));
    }
}
