package io.countinghouse.ai.forecast;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A method fitted to a history: what it expects, and how far off it may be. The error {@code h} steps ahead is made of the
 * surprises until then, each with its weight on what follows (the psi weights of Hyndman, Koehler, Ord and Snyder,
 * "Forecasting with Exponential Smoothing", 2008, chapter 6), and of what is not known of the season and the slope because
 * they were estimated from few values (least squares).
 *
 * @param values expected, one for each step
 * @param sigma standard deviation of the errors one step ahead, with a degree of freedom less for each thing estimated
 * @param freedom degrees of freedom of that; below 1 nothing is known of sigma
 * @param psi weight of a surprise on the value that many steps after it
 * @param placeVariance variance of a place of the season, as a share of sigma squared
 * @param slopeVariance variance of the slope, as a share of sigma squared
 * @param toMiddle steps from the middle of the history to its last value
 * @param persistence by how much errors that follow each other are alike: 1 for none; the variance of a sum of them, and of
 *     what was estimated from them, is so much larger
 */
record Fit(
        Method method,
        int season,
        Map<String, Double> parameters,
        double[] values,
        double sigma,
        int freedom,
        double[] psi,
        double placeVariance,
        double slopeVariance,
        double toMiddle,
        double persistence) {

    private static final double[] ALPHAS = {0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99};
    private static final double[] TREND_SHARES = {0.05, 0.15, 0.3, 0.6};
    private static final double[] DAMPINGS = {0.8, 0.9, 0.98};

    private static final double MOST_CORRELATED = 0.8;

    /** The level before the first value is the median of so many: one outlier among them does not matter. */
    private static final int STARTING = 5;

    static Fit of(Method method, int season, double[] y, int horizon) {
        return switch (method) {
            case NAIVE -> naive(season, y, horizon);
            case MEAN -> mean(season, y, horizon);
            case LINE -> line(season, y, horizon);
            case SMOOTHING -> smoothing(season, y, horizon);
            case DAMPED_TREND -> damped(season, y, horizon);
        };
    }

    /** As a share of sigma squared. */
    double variance(int step) {
        double sum = persistence * (placeVariance + slopeVariance * (toMiddle + step) * (toMiddle + step));
        for (int j = 0; j < step; j++) {
            sum += psi[j] * psi[j];
        }
        return sum;
    }

    /** Of the sum over all steps, as a share of sigma squared: errors of different steps have causes in common. */
    double varianceOfTotal() {
        double variance = 0;
        double weight = 0;
        double away = 0;
        int[] places = new int[season];
        for (int j = 0; j < values.length; j++) {
            weight += psi[j];
            variance += weight * weight;
            away += toMiddle + j + 1;
            places[j % season]++;
        }
        for (int count : places) {
            variance += placeVariance * count * count;
        }
        return persistence * (variance + slopeVariance * away * away);
    }

    private static Fit naive(int season, double[] y, int horizon) {
        int n = y.length;
        double[] errors = new double[n - season];
        for (int t = season; t < n; t++) {
            errors[t - season] = y[t] - y[t - season];
        }
        double[] values = new double[horizon];
        double[] psi = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            values[h] = y[n - season + h % season];
            psi[h] = h % season == 0 ? 1 : 0;
        }
        int freedom = n - season;
        return new Fit(
                Method.NAIVE,
                season,
                Map.of(),
                values,
                deviation(errors, freedom),
                freedom,
                psi,
                0,
                0,
                0,
                persistence(errors));
    }

    private static Fit mean(int season, double[] y, int horizon) {
        int n = y.length;
        double[] sum = new double[season];
        int[] count = new int[season];
        for (int t = 0; t < n; t++) {
            sum[t % season] += y[t];
            count[t % season]++;
        }
        double[] errors = new double[n];
        for (int t = 0; t < n; t++) {
            errors[t] = y[t] - sum[t % season] / count[t % season];
        }
        double[] values = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            int place = (n + h) % season;
            values[h] = sum[place] / count[place];
        }
        int freedom = n - season;
        return new Fit(
                Method.MEAN,
                season,
                Map.of(),
                values,
                aroundEstimated(errors, freedom),
                freedom,
                surprisesWithoutConsequence(horizon),
                (double) season / n,
                0,
                0,
                persistence(errors));
    }

    private static Fit line(int season, double[] y, int horizon) {
        int n = y.length;
        Shape shape = Shape.of(y, season);
        double[] errors = new double[n];
        for (int t = 0; t < n; t++) {
            errors[t] = y[t] - shape.level()[t % season] - shape.slope() * t;
        }
        double[] values = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            // No line is drawn for longer than it was seen.
            int steps = Math.min(h, n - 1);
            values[h] = shape.level()[(n + h) % season] + shape.slope() * (n + steps);
        }
        int freedom = n - season - 1;
        return new Fit(
                Method.LINE,
                season,
                Map.of("slope", shape.slope()),
                values,
                aroundEstimated(errors, freedom),
                freedom,
                surprisesWithoutConsequence(horizon),
                (double) season / n,
                1 / shape.spread(),
                n - 1 - shape.middle(),
                persistence(errors));
    }

    private static Fit smoothing(int season, double[] y, int horizon) {
        double[] places = season == 1 ? new double[1] : Shape.of(y, season).season();
        Smoothing best = null;
        for (double alpha : ALPHAS) {
            best = Smoothing.better(best, Smoothing.over(y, places, alpha, 0, 0));
        }
        return smoothed(Method.SMOOTHING, places, y, horizon, best, 1);
    }

    private static Fit damped(int season, double[] y, int horizon) {
        double[] places = season == 1 ? new double[1] : Shape.of(y, season).season();
        Smoothing best = null;
        for (double alpha : ALPHAS) {
            for (double share : TREND_SHARES) {
                for (double damping : DAMPINGS) {
                    best = Smoothing.better(best, Smoothing.over(y, places, alpha, alpha * share, damping));
                }
            }
        }
        return smoothed(Method.DAMPED_TREND, places, y, horizon, best, 3);
    }

    private static Fit smoothed(
            Method method, double[] places, double[] y, int horizon, Smoothing smoothing, int parameters) {
        int n = y.length;
        int season = places.length;
        double[] values = new double[horizon];
        double[] psi = new double[horizon];
        double damped = 0;
        double power = 1;
        psi[0] = 1;
        for (int h = 0; h < horizon; h++) {
            power *= smoothing.damping();
            damped += power;
            values[h] = smoothing.level() + damped * smoothing.trend() + places[(n + h) % season];
            if (h + 1 < horizon) {
                psi[h + 1] = smoothing.alpha() + smoothing.beta() * damped;
            }
        }
        // The level before the first value is estimated, too; the season has as many places less one.
        int freedom = n - season - parameters;
        Map<String, Double> named = new TreeMap<>(Map.of("alpha", smoothing.alpha()));
        if (method == Method.DAMPED_TREND) {
            named.put("beta", smoothing.beta());
            named.put("phi", smoothing.damping());
        }
        return new Fit(
                method,
                season,
                named,
                values,
                deviation(smoothing.errors(), freedom),
                freedom,
                psi,
                season == 1 ? 0 : (double) season / n,
                0,
                0,
                persistence(smoothing.errors()));
    }

    /** One pass in error correction form: the level moves by alpha times the error, the trend by beta times it. */
    private record Smoothing(
            double alpha, double beta, double damping, double level, double trend, double[] errors, double squares) {

        static Smoothing over(double[] y, double[] places, double alpha, double beta, double damping) {
            double level = start(y, places);
            double trend = 0;
            double squares = 0;
            double[] errors = new double[y.length];
            for (int t = 0; t < y.length; t++) {
                double error = y[t] - places[t % places.length] - level - damping * trend;
                level += damping * trend + alpha * error;
                trend = damping * trend + beta * error;
                errors[t] = error;
                squares += error * error;
            }
            return new Smoothing(alpha, beta, damping, level, trend, errors, squares);
        }

        static Smoothing better(Smoothing best, Smoothing other) {
            return best == null || other.squares < best.squares * (1 - 1e-9) ? other : best;
        }

        private static double start(double[] y, double[] places) {
            double[] first = new double[Math.min(STARTING, y.length)];
            for (int t = 0; t < first.length; t++) {
                first[t] = y[t] - places[t % places.length];
            }
            Arrays.sort(first);
            return first[first.length / 2];
        }
    }

    private static double[] surprisesWithoutConsequence(int horizon) {
        double[] psi = new double[horizon];
        psi[0] = 1;
        return psi;
    }

    private static double deviation(double[] errors, int freedom) {
        return freedom < 1 ? 0 : Math.sqrt(sumOfSquares(errors) / freedom);
    }

    /** What is fitted to persistent errors takes a part of them away: so few of them are independent. */
    private static double aroundEstimated(double[] errors, int freedom) {
        double independent = errors.length / persistence(errors);
        double taken = independent > 2 ? (1 - 1.0 / errors.length) / (1 - 1 / independent) : 2;
        return deviation(errors, freedom) * Math.sqrt(Math.clamp(taken, 1, 2));
    }

    /** (1 + r) / (1 - r) of the correlation r of neighbours, as for an autoregression; about zero, so that a bias counts. */
    private static double persistence(double[] errors) {
        double products = 0;
        for (int t = 1; t < errors.length; t++) {
            products += errors[t] * errors[t - 1];
        }
        double squares = sumOfSquares(errors);
        double correlation = squares == 0 ? 0 : Math.clamp(products / squares, 0, MOST_CORRELATED);
        return (1 + correlation) / (1 - correlation);
    }

    private static double sumOfSquares(double[] errors) {
        double squares = 0;
        for (double error : errors) {
            squares += error * error;
        }
        return squares;
    }
}
