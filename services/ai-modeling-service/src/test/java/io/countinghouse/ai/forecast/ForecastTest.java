package io.countinghouse.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastTest {

    private static final Offset<Double> EXACT = within(1e-9);
    private static final double[] WEEK = {100, 110, 105, 108, 95, 40, 35};

    /** Short series are left out of the upper bound: their intervals are wide because little is known. */
    @TestFactory
    Stream<DynamicTest> noForecastIsWorseThanSeasonalNaiveAndIntervalsHoldWhatTheyPromise() {
        return ForecastBench.generated()
                .map(result -> DynamicTest.dynamicTest(result.name(), () -> {
                    assertThat(result.share())
                            .as("error, as a share of seasonal naive's")
                            .isLessThanOrEqualTo(1.02);
                    assertThat(result.coverage())
                            .as("values in the 95 % interval")
                            .isGreaterThanOrEqualTo(0.9);
                    assertThat(result.total()).as("totals in their interval").isGreaterThanOrEqualTo(0.86);
                }));
    }

    @ParameterizedTest
    @CsvSource({
        "14, 0, 0",
        "21, 0, 0",
        "28, 0, 0",
        "14, 1, 0",
        "21, 1, 0",
        "28, 1, 0",
        "14, 1, 2",
        "21, 1, 2",
        "28, 1, 2"
    })
    void fromTwoWeeksUpIntervalsAreNotWiderThanTheyPromiseEither(int days, int season, int trend) {
        ForecastBench.Result result = ForecastBench.measure(ForecastBench.days("", days, season, trend, 10));

        assertThat(result.coverage()).isBetween(0.9, 0.991);
    }

    @Test
    void aWeekIsRepeatedUntilMoreIsKnown() {
        assertThat(values(forecast(WEEK, 7))).containsExactly(WEEK);
    }

    @Test
    void tenDaysOfAWeekGoOnAsTheWeekDoes() {
        double[] history = Arrays.copyOf(WEEK, 10);
        System.arraycopy(WEEK, 0, history, 7, 3);

        assertThat(forecast(history, 7).total().value()).isEqualTo(593, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10 20 30 40", "100 80 60 40 20", "1 2 3", "5 5 5 6"})
    void fewValuesGiveAWideInterval(String text) {
        double[] history =
                Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
        double range = Arrays.stream(history).max().orElseThrow()
                - Arrays.stream(history).min().orElseThrow();

        Forecast.Step next = forecast(history, 1).steps().getFirst();

        assertThat(next.upper() - next.lower()).isGreaterThan(range);
    }

    @ParameterizedTest
    @ValueSource(ints = {168, 169, 170})
    void oneWeekOfHoursIsRepeatedWithAnIntervalOfWhatHoursDiffer(int hours) {
        double[] history = IntStream.range(0, hours)
                .mapToDouble(t -> 30 - 28 * Math.cos(2 * Math.PI * t / 24) + (t % 168 > 120 ? 100 : 0) + t * 7919 % 11)
                .toArray();

        Forecast forecast = Forecast.of(history, List.of(24, 168), 24, 95, false);

        assertThat(forecast.seasonLength()).isEqualTo(168);
        assertThat(forecast.steps())
                .allSatisfy(step -> assertThat(step.upper() - step.value()).isBetween(50.0, 300.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 42})
    void whatNeverChangesIsExpectedToStay(double value) {
        double[] history = new double[20];
        Arrays.fill(history, value);

        Forecast forecast = forecast(history, 3);

        assertThat(forecast.steps()).containsOnly(new Forecast.Step(value, value, value));
        assertThat(forecast.total()).isEqualTo(new Forecast.Step(3 * value, 3 * value, 3 * value));
    }

    @Test
    void aLineWithASeasonIsContinuedExactly() {
        double[] season = {5, -2, 0, 1, 3, -4, -3};
        double[] history = IntStream.range(0, 28)
                .mapToDouble(t -> 100 + 2 * t + season[t % 7])
                .toArray();

        Forecast forecast = forecast(history, 14);

        for (int step = 1; step <= 14; step++) {
            int t = 27 + step;
            assertThat(forecast.steps().get(step - 1).value()).isEqualTo(100 + 2 * t + season[t % 7], within(1e-6));
        }
    }

    @Test
    void aLineIsNotDrawnForLongerThanItWasSeen() {
        double[] history = IntStream.range(0, 20).mapToDouble(t -> 10 + t).toArray();

        List<Forecast.Step> steps = forecast(history, 366).steps();

        assertThat(steps.get(9).value()).isEqualTo(39, within(1e-6));
        assertThat(steps.getLast().value()).isLessThan(50);
    }

    @Test
    void anOutlierDoesNotMakeTheNextWeek() {
        for (int day : new int[] {0, 20, 34}) {
            double[] history = weeks(35);
            history[day] = 9000;

            assertThat(forecast(history, 7).total().value())
                    .as("outlier on day " + day)
                    .isEqualTo(593, within(80.0));
        }
    }

    @Test
    void aStateThatJumpedIsNoOutlier() {
        double[] seats = new double[30];
        Arrays.fill(seats, 10);
        seats[29] = 500;

        assertThat(Forecast.of(seats, List.of(7), 1, 95, true)
                        .steps()
                        .getFirst()
                        .value())
                .isEqualTo(500);
    }

    @Test
    void whatEndedAMonthAgoIsExpectedToStayEnded() {
        double[] history = Arrays.copyOf(weeks(28), 58);

        assertThat(values(forecast(history, 7))).containsOnly(0);
    }

    @Test
    void aFallingSeriesIsNotForecastBelowZero() {
        double[] history = IntStream.range(0, 20).mapToDouble(t -> 40 - 2 * t).toArray();

        assertThat(forecast(history, 30).steps()).allSatisfy(step -> {
            assertThat(step.value()).isNotNegative();
            assertThat(step.lower()).isNotNegative();
        });
    }

    @Test
    void negativeValuesAreForecastAsSuch() {
        double[] history = {-10, -11, -12, -13, -10, -11, -12, -13, -10, -11, -12, -13};

        Forecast forecast = forecast(history, 7);

        assertThat(forecast.total().value()).isBetween(-91.0, -70.0);
        assertThat(forecast.steps()).allSatisfy(step -> {
            assertThat(step.lower()).isLessThan(step.value());
            assertThat(step.upper()).isBetween(step.value(), 0.0);
        });
    }

    @Test
    void theIntervalOfTheTotalIsNarrowerThanTheSumOfIntervals() {
        Forecast forecast = forecast(weeks(42), 7);

        double sum = forecast.steps().stream()
                .mapToDouble(step -> step.upper() - step.lower())
                .sum();
        assertThat(forecast.total().upper() - forecast.total().lower()).isBetween(1e-9, sum * 0.8);
    }

    /** By hand: mean 4; residuals -3, -1, 1, 3 with four values and one mean, so 20 / 3; a new value adds a quarter. */
    @Test
    void theMeanIsWhatOneComputesByHand() {
        Fit fit = Fit.of(Method.MEAN, 1, new double[] {3, 1, 7, 5}, 2);

        assertThat(fit.values()).containsExactly(4, 4);
        assertThat(fit.sigma()).isEqualTo(Math.sqrt(20.0 / 3), EXACT);
        assertThat(fit.variance(1)).isEqualTo(1.25, EXACT);
        assertThat(fit.varianceOfTotal()).isEqualTo(2 + 4 * 0.25, EXACT);
    }

    /** By hand: a random walk's variance grows with each step; of the sum of two, 2 * 2 + 1. */
    @Test
    void theNaiveMethodIsWhatOneComputesByHand() {
        Fit fit = Fit.of(Method.NAIVE, 1, new double[] {1, 3, 1, 3, 1}, 2);

        assertThat(fit.values()).containsExactly(1, 1);
        assertThat(fit.sigma()).isEqualTo(2, EXACT);
        assertThat(fit.variance(2)).isEqualTo(2, EXACT);
        assertThat(fit.varianceOfTotal()).isEqualTo(5, EXACT);
    }

    /** By hand, a season of two: places 0 and 1 have slope 1 per value and the levels 0 and 10. */
    @Test
    void aSeasonalLineIsWhatOneComputesByHand() {
        Fit fit = Fit.of(Method.LINE, 2, new double[] {0, 11, 2, 13, 4, 15, 6, 17}, 2);

        assertThat(fit.values()[0]).isEqualTo(8, EXACT);
        assertThat(fit.values()[1]).isEqualTo(19, EXACT);
        assertThat(fit.sigma()).isEqualTo(0, within(1e-6));
    }

    /** The closed form for simple smoothing, from Hyndman and Athanasopoulos, section 8.7: 1 + alpha squared (h - 1). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void theVarianceOfSmoothingIsThatOfTheClosedForm(int step) {
        double[] history = new Random(7).doubles(40, 50, 60).toArray();

        Fit fit = Fit.of(Method.SMOOTHING, 1, history, 9);

        double alpha = fit.parameters().get("alpha");
        assertThat(fit.variance(step)).isEqualTo(1 + alpha * alpha * (step - 1), EXACT);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void eachMethodContinuesAConstant(Method method) {
        double[] history = new double[30];
        Arrays.fill(history, 7);

        for (int season : new int[] {1, 7}) {
            assertThat(Fit.of(method, season, history, 3).values())
                    .containsExactly(new double[] {7, 7, 7}, within(1e-9));
        }
    }

    /** From the tables of Student's t, two-sided. */
    @ParameterizedTest
    @CsvSource({
        "95, 1, 12.706",
        "95, 2, 4.3027",
        "95, 3, 3.1824",
        "95, 6, 2.4469",
        "95, 10, 2.2281",
        "95, 30, 2.0423",
        "95, 1000, 1.9623",
        "50, 3, 0.7649",
        "80, 5, 1.4759",
        "90, 4, 2.1318",
        "99, 3, 5.8409",
        "99, 20, 2.8453",
        "50, 100, 0.6770"
    })
    void halfWidthsAreThoseOfTheTables(int level, int freedom, double expected) {
        assertThat(StudentT.halfWidth(level, freedom)).isEqualTo(expected, within(expected * 0.001));
    }

    @Test
    void aHigherLevelGivesAWiderInterval() {
        double[] history = new Random(5).doubles(50, 0, 100).toArray();

        assertThat(List.of(50, 80, 90, 95, 99).stream()
                        .map(level -> Forecast.of(history, List.of(7), 1, level, false)
                                .steps()
                                .getFirst())
                        .map(step -> step.upper() - step.lower())
                        .toList())
                .isSorted();
    }

    @Test
    void theSameHistoryGivesTheSameForecast() {
        double[] history = new Random(3).doubles(50, 0, 100).toArray();

        assertThat(forecast(history, 7)).isEqualTo(forecast(history, 7));
    }

    @Test
    void twoValuesAreTooFew() {
        assertThatThrownBy(() -> forecast(new double[] {1, 2}, 1))
                .hasMessage("a forecast needs at least 3 values, not 2");
    }

    private static Forecast forecast(double[] history, int horizon) {
        return Forecast.of(history, List.of(7), horizon, 95, false);
    }

    private static double[] values(Forecast forecast) {
        return forecast.steps().stream().mapToDouble(Forecast.Step::value).toArray();
    }

    private static double[] weeks(int days) {
        return IntStream.range(0, days)
                .mapToDouble(t -> WEEK[t % 7] + (t * 7919 % 11 - 5) / 2.0)
                .toArray();
    }
}
