package io.countinghouse.ai.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Tells methods apart by what they would have forecast: the history is cut at several places, each method continues what
 * was known there, and the rest of the history says how wrong it was, at the horizon that is asked for.
 */
final class RollingOrigin {

    private static final int MOST_ORIGINS = 14;

    /**
     * A method must be better than the plain one by this, divided by the square root of how many values say so: each is
     * forecast from several origins, and these errors are not independent.
     */
    private static final double DOUBT = 0.35;

    /** Of one whole season nothing tells whether it comes again; habits do: only what is twice as good does without. */
    private static final double WITHOUT_A_SEASON = 0.5;

    /** A correlation of one half. */
    private static final double MOST_PERSISTENT = 3;

    private final double[] y;
    private final int horizon;
    private final DoubleUnaryOperator bounds;
    private final List<Candidate> candidates = new ArrayList<>();
    private final int[] origins;

    /** The longest season of which more than one was seen. */
    private final int longest;

    /** A method with a season (1 for none), and how wrong it was. */
    private static final class Candidate {
        private final Method method;
        private final int season;
        private double absolute;
        private double squares;
        private double standardized;
        private int judged;
        private int errors;

        Candidate(Method method, int season) {
            this.method = method;
            this.season = season;
        }

        boolean is(Method named, int length) {
            return method == named && season == length;
        }

        double mean() {
            return absolute / errors;
        }

        double rootOfMeanSquare() {
            return Math.sqrt(squares / errors);
        }

        /** Both count: the mean error is what one sees, the squared one keeps sums of rare uses right. */
        double against(Candidate plain) {
            return (share(mean(), plain.mean()) + share(rootOfMeanSquare(), plain.rootOfMeanSquare())) / 2;
        }

        private static double share(double error, double plain) {
            return plain == 0 ? (error == 0 ? 1 : Double.POSITIVE_INFINITY) : error / plain;
        }

        /** How much larger errors were than the method believes. */
        double inflation() {
            return judged == 0 ? 1 : Math.clamp(Math.sqrt(standardized / judged), 1, 3);
        }
    }

    /**
     * @param method the best, fitted to the whole history
     * @param inflation by how much its errors were larger than it believed, at least 1
     */
    record Choice(Fit method, double inflation) {}

    private RollingOrigin(double[] y, int[] seasons, int horizon, DoubleUnaryOperator bounds) {
        this.y = y;
        this.horizon = horizon;
        this.bounds = bounds;
        this.longest = Arrays.stream(seasons).filter(m -> m < y.length).max().orElse(1);
        for (int season : seasons) {
            for (Method method : Method.values()) {
                if (method.fits(y.length, season)) {
                    candidates.add(new Candidate(method, season));
                }
            }
        }
        int held = Math.max(horizon, longest);
        // Half of the history at least is known; two seasons, where a season or the horizon is left to judge by.
        int first = IntStream.of(longest, 2, y.length / 2, y.length - 3 * held, Math.min(2 * longest, y.length - held))
                .max()
                .orElseThrow();
        int apart = Math.max(1, (y.length - first) / MOST_ORIGINS);
        this.origins =
                IntStream.iterate(first, at -> at < y.length, at -> at + apart).toArray();
    }

    /**
     * @param seasons lengths of seasons to try; 1 is none
     * @param isState whether the plain method is that nothing changes, instead of that the season comes again
     * @param bounds what no forecast leaves, such as zero
     */
    static Choice best(double[] y, int[] seasons, int horizon, boolean isState, DoubleUnaryOperator bounds) {
        RollingOrigin rolling = new RollingOrigin(y, seasons, horizon, bounds);
        for (Candidate candidate : rolling.candidates) {
            rolling.judge(candidate);
        }
        Candidate best = isState ? rolling.best(rolling.plain(1)) : rolling.best(seasons);
        return new Choice(Fit.of(best.method, best.season, y, horizon), best.inflation());
    }

    private void judge(Candidate candidate) {
        for (int origin : origins) {
            if (!candidate.method.fits(origin, candidate.season)) {
                continue;
            }
            int steps = Math.min(horizon, y.length - origin);
            Fit fit = Fit.of(candidate.method, candidate.season, Arrays.copyOf(y, origin), steps);
            for (int h = 0; h < steps; h++) {
                double error = y[origin + h] - bounds.applyAsDouble(fit.values()[h]);
                candidate.absolute += Math.abs(error);
                candidate.squares += error * error;
                candidate.errors++;
                double believed = fit.sigma() * fit.sigma() * fit.variance(h + 1);
                if (fit.freedom() >= 3 && believed > 0) {
                    candidate.standardized += error * error / believed;
                    candidate.judged++;
                }
            }
        }
    }

    private Candidate best(int[] seasons) {
        Candidate plain = plain(longest);
        Candidate best = best(plain);
        boolean isWhole = Arrays.stream(seasons).anyMatch(season -> season > 1 && season == y.length);
        if (isWhole && best.against(plain) > WITHOUT_A_SEASON) {
            return plain(y.length);
        }
        return best;
    }

    /** Methods that could not be judged at each origin have fewer errors, and are not compared. */
    private Candidate best(Candidate plain) {
        Candidate best = plain;
        double least = 1 - DOUBT / Math.sqrt(y.length - origins[0]);
        for (Candidate candidate : candidates) {
            if (candidate != plain && candidate.errors == plain.errors) {
                double share = candidate.against(plain);
                if (share < least && holds(candidate)) {
                    least = share;
                    best = candidate;
                }
            }
        }
        return best;
    }

    /** Errors around a mean or a line that follow each other closely say that it moves: it was right by chance. */
    private boolean holds(Candidate candidate) {
        return candidate.method.moves()
                || Fit.of(candidate.method, candidate.season, y, 1).persistence() < MOST_PERSISTENT;
    }

    private Candidate plain(int season) {
        return candidates.stream()
                .filter(candidate -> candidate.is(Method.NAIVE, season))
                .findFirst()
                .orElseThrow();
    }
}
