package io.countinghouse.ai.forecast;

/**
 * Parameters of the smoothing in state space form: each state moves by its parameter times the last error. The level by
 * {@code alpha}, the trend by {@code beta}, the season by {@code gamma}; 0 &lt; alpha &lt; 1, 0 &le; beta &le; alpha,
 * 0 &le; gamma &le; 1 - alpha (the usual region).
 */
public record Smoothing(double alpha, double beta, double gamma) {

    public Smoothing {
        if (!(alpha > 0 && alpha < 1) || !(beta >= 0 && beta <= alpha) || !(gamma >= 0 && gamma <= 1 - alpha)) {
            throw new IllegalArgumentException(
                    "alpha %s, beta %s, gamma %s are outside 0 < alpha < 1, 0 <= beta <= alpha, 0 <= gamma <= 1 - alpha"
                            .formatted(alpha, beta, gamma));
        }
    }
}
