package io.countinghouse.ai.forecast;

/** Quantiles of Student's t distribution: how far a mean of few values may be off when their spread is estimated, too. */
final class StudentT {

    private StudentT() {}

    /**
     * The half width that holds {@code level} percent. For one and two degrees of freedom exact, beyond by G. W. Hill,
     * "Algorithm 396: Student's t-quantiles", Communications of the ACM 13 (1970), to about four digits here.
     */
    static double halfWidth(int level, int freedom) {
        double p = 1 - level / 100.0;
        if (freedom == 1) {
            return 1 / Math.tan(p * Math.PI / 2);
        }
        if (freedom == 2) {
            return Math.sqrt(2 / (p * (2 - p)) - 2);
        }
        double n = freedom;
        double a = 1 / (n - 0.5);
        double b = 48 / (a * a);
        double c = ((20700 * a / b - 98) * a - 16) * a + 96.36;
        double d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt(a * Math.PI / 2) * n;
        double y = Math.pow(d * p, 2 / n);
        if (y > 0.05 + a) {
            double x = -normal(p / 2);
            y = x * x;
            if (n < 5) {
                c += 0.3 * (n - 4.5) * (x + 0.6);
            }
            c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
            y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
            y = Math.expm1(a * y * y);
        } else {
            y = ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1)
                            * (n + 1)
                            / (n + 2)
                    + 1 / y;
        }
        return Math.sqrt(n * y);
    }

    /** Of the normal distribution, for the lower tail: Abramowitz and Stegun 26.2.23, good to 0.0005. */
    private static double normal(double p) {
        double t = Math.sqrt(-2 * Math.log(p));
        return -(t
                - (2.515517 + 0.802853 * t + 0.010328 * t * t)
                        / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t));
    }
}
