package io.countinghouse.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

    private static final double Z95 = 1.96;
    private static final Offset<Double> EXACT = within(1e-9);

    @ParameterizedTest
    @CsvSource({"3, SIMPLE", "4, HOLT", "13, HOLT", "14, HOLT_WINTERS", "90, HOLT_WINTERS"})
    void theModelIsTheRichestThatTheHistorySupports(int values, Method expected) {
        double[] history =
                IntStream.range(0, values).mapToDouble(i -> 5 + i % 3).toArray();

        assertThat(Forecast.of(history, 7, 1, Z95).method()).isEqualTo(expected);
    }

    /** By hand, alpha 0.5: l = 10, 10; e2 = 2, l = 11; e3 = 3, l = 12.5. Sum of squares 13 over 3 - 1. */
    @Test
    void simpleSmoothingIsWhatOneComputesByHand() {
        double[] history = {10, 12, 14};

        Forecast forecast = Forecast.of(history, Method.SIMPLE, 1, 2, Z95, new Smoothing(0.5, 0, 0));

        assertThat(forecast.steps().getFirst().value()).isEqualTo(12.5, EXACT);
        assertThat(forecast.sigma()).isEqualTo(Math.sqrt(13.0 / 2), EXACT);
        // Two steps ahead: sigma^2 (1 + alpha^2).
        double spread = Z95 * Math.sqrt(6.5 * 1.25);
        assertThat(forecast.steps().get(1).upper()).isEqualTo(12.5 + spread, EXACT);
        assertThat(forecast.steps().get(1).lower()).isEqualTo(12.5 - spread, EXACT);
    }

    /**
     * By hand, alpha 0.5, beta 0.1, from l = 8, b = 2: 10 and 12 have no error, so l = 12, b = 2; then 17 is 3 above 14,
     * so l = 15.5, b = 2.3; then 17 is 0.8 below 17.8, so l = 17.4, b = 2.22.
     */
    @Test
    void holtsMethodIsWhatOneComputesByHand() {
        double[] history = {10, 12, 17, 17};

        Forecast forecast = Forecast.of(history, Method.HOLT, 1, 2, Z95, new Smoothing(0.5, 0.1, 0));

        assertThat(forecast.steps().get(0).value()).isEqualTo(19.62, EXACT);
        assertThat(forecast.steps().get(1).value()).isEqualTo(21.84, EXACT);
        assertThat(forecast.sigma()).isEqualTo(Math.sqrt((9 + 0.64) / 2), EXACT);
    }

    /**
     * By hand, seasons of two, alpha 0.5, beta 0.1, gamma 0.2. Means 2 and 4 of the first two seasons give b = 1 and
     * l = 0.5; the season is what is left: 1 - 1.5 and 3 - 3.5 give -0.5, 3 - 2.5 and 5 - 4.5 give 0.5. The first four
     * values have no error: l = 4.5, b = 1. Then 6 is 1 above 5: l = 6, b = 1.1, and that season becomes -0.3.
     */
    @Test
    void holtWintersMethodIsWhatOneComputesByHand() {
        double[] history = {1, 3, 3, 5, 6};

        Forecast forecast = Forecast.of(history, Method.HOLT_WINTERS, 2, 3, Z95, new Smoothing(0.5, 0.1, 0.2));

        assertThat(forecast.steps().get(0).value()).isEqualTo(6 + 1.1 + 0.5, EXACT);
        assertThat(forecast.steps().get(1).value()).isEqualTo(6 + 2.2 - 0.3, EXACT);
        assertThat(forecast.steps().get(2).value()).isEqualTo(6 + 3.3 + 0.5, EXACT);
        assertThat(forecast.sigma()).isEqualTo(Math.sqrt(1.0 / 2), EXACT);
    }

    @Test
    void aLineWithASeasonIsContinuedExactly() {
        double[] season = {5, -2, 0, 1, 3, -4, -3};
        double[] history = IntStream.range(0, 28)
                .mapToDouble(t -> 100 + 2 * t + season[t % 7])
                .toArray();

        Forecast forecast = Forecast.of(history, 7, 14, Z95);

        for (int step = 1; step <= 14; step++) {
            int t = 27 + step;
            Forecast.Step expected = forecast.steps().get(step - 1);
            assertThat(expected.value()).isEqualTo(100 + 2 * t + season[t % 7], within(1e-6));
            assertThat(expected.upper() - expected.lower()).isLessThan(1e-6);
        }
    }

    /** The closed form of the sum, from Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", section 8.7. */
    @ParameterizedTest
    @CsvSource({
        "SIMPLE, 1",
        "SIMPLE, 9",
        "HOLT, 1",
        "HOLT, 9",
        "HOLT_WINTERS, 1",
        "HOLT_WINTERS, 7",
        "HOLT_WINTERS, 9",
        "HOLT_WINTERS, 22"
    })
    void theVarianceIsThatOfTheClosedForm(Method method, int h) {
        // Given
        double alpha = 0.4;
        double beta = method == Method.SIMPLE ? 0 : 0.1;
        double gamma = method == Method.HOLT_WINTERS ? 0.3 : 0;
        int m = 7;
        int k = (h - 1) / m;
        double[] history = new Random(7).doubles(30, 50, 60).toArray();

        // When
        Forecast forecast = Forecast.of(history, method, m, h, Z95, new Smoothing(alpha, beta, gamma));

        // Then
        double factor = 1
                + (h - 1) * (alpha * alpha + alpha * beta * h + beta * beta * h * (2 * h - 1) / 6)
                + gamma * k * (2 * alpha + gamma + beta * m * (k + 1));
        Forecast.Step last = forecast.steps().getLast();
        double expected = 2 * Z95 * forecast.sigma() * Math.sqrt(factor);
        assertThat(last.upper() - last.value()).isEqualTo(expected / 2, within(1e-9));
    }

    @Test
    void theSearchFindsParametersAtLeastAsGoodAsAFineGrid() {
        double[] history = new Random(42).doubles(60, 10, 20).toArray();
        for (int t = 0; t < history.length; t++) {
            history[t] += 8 * Math.sin(2 * Math.PI * t / 7) + 0.3 * t;
        }

        Smoothing found = SmoothingSearch.over(history, Method.HOLT_WINTERS, 7);

        double leastOnGrid = Double.POSITIVE_INFINITY;
        for (double a = 0.02; a < 1; a += 0.02) {
            for (double b = 0; b <= 1; b += 0.1) {
                for (double g = 0; g <= 1; g += 0.1) {
                    leastOnGrid = Math.min(
                            leastOnGrid,
                            ExponentialSmoothing.fit(
                                            history, Method.HOLT_WINTERS, 7, new Smoothing(a, a * b, (1 - a) * g))
                                    .squaredError());
                }
            }
        }
        assertThat(ExponentialSmoothing.fit(history, Method.HOLT_WINTERS, 7, found)
                        .squaredError())
                .isLessThanOrEqualTo(leastOnGrid * 1.001);
    }

    @Test
    void aFallingSeriesIsNotForecastBelowZero() {
        Forecast forecast = Forecast.of(new double[] {9, 7, 5, 3, 1}, 7, 5, Z95);

        assertThat(forecast.steps()).allSatisfy(step -> {
            assertThat(step.value()).isNotNegative();
            assertThat(step.lower()).isNotNegative();
        });
        assertThat(forecast.steps().getLast().value()).isZero();
    }

    @Test
    void aSeriesOfZerosStaysAtZero() {
        Forecast forecast = Forecast.of(new double[20], 7, 3, Z95);

        assertThat(forecast.steps()).containsOnly(new Forecast.Step(0, 0, 0));
    }

    @Test
    void theSameHistoryGivesTheSameForecast() {
        double[] history = new Random(3).doubles(50, 0, 100).toArray();

        assertThat(Forecast.of(history, 7, 7, Z95)).isEqualTo(Forecast.of(history, 7, 7, Z95));
    }

    @Test
    void twoValuesAreTooFew() {
        assertThatThrownBy(() -> Forecast.of(new double[] {1, 2}, 7, 1, Z95))
                .hasMessage("a forecast needs at least 3 values, not 2");
    }
}
