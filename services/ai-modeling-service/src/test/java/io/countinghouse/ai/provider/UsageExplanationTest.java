package io.countinghouse.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.ai.usage.UsageSeries;
import io.countinghouse.ai.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UsageExplanationTest {

    @Test
    void theNumbersAreToldInWords() {
        String text = UsageExplanation.of(series("10", "10", "15", "15"), 2, 95).text();

        assertThat(text)
                .startsWith(
                        "From 2 March 2026 to 5 March 2026 (4 days), the meter 'tokens' came to 50: on average 12.5 per day. "
                                + "The most was 15 (4 March 2026), the least 10 (2 March 2026). "
                                + "The second half saw 50 % more use than the first. For the next 2 days expect about ")
                .containsPattern(
                        "expect about [0-9.]+ in all, and with 95 % confidence between [0-9.]+ and [0-9.]+; for the first of "
                                + "them [0-9.]+, between [0-9.]+ and [0-9.]+\\.$");
    }

    @Test
    void aFallIsToldAsOne() {
        assertThat(UsageExplanation.of(series("30", "30", "9", "15", "15"), 1, 95)
                        .text())
                .contains("The second half saw 50 % less use than the first.");
    }

    @Test
    void nothingBeforeIsNoPercentage() {
        assertThat(UsageExplanation.of(series("0", "0", "9", "15"), 1, 95).text())
                .contains("The first half came to 0, the second half to 24.");
    }

    @Test
    void oneWindowIsNotSpokenOfAsSeveral() {
        assertThat(UsageExplanation.of(series("10", "10", "10"), 1, 95).text())
                .endsWith("For the next day expect about 10, and with 95 % confidence between 10 and 10.");
    }

    @Test
    void noUseAtAllIsToldOnce() {
        assertThat(UsageExplanation.of(series("0", "0", "0", "0"), 2, 95).text())
                .contains("It was 0 in each day. Neither half saw any use.");
    }

    @Test
    void negativeSumsAreToldAsTheyAre() {
        UsageExplanation told = UsageExplanation.of(series("-5", "-6", "-7", "-8"), 2, 95);

        assertThat(told.text())
                .contains("came to -26: on average -6.5 per day")
                .contains("The first half came to -11, the second half to -15.")
                .contains("expect about -1");
        assertThat(told.forecast().points()).allSatisfy(point -> {
            assertThat(new BigDecimal(point.value())).isNegative();
            assertThat(new BigDecimal(point.upper())).isNotPositive();
        });
    }

    @Test
    void aStateIsToldAsOneAndNotSummed() {
        assertThat(UsageExplanation.of(series("latest", Window.DAY, "10", "10", "10", "12", "12", "12", "12"), 7, 95)
                        .text())
                .startsWith("From 2 March 2026 to 8 March 2026 (7 days), the meter 'tokens' went from 10 to 12. "
                        + "The most was 12 (5 March 2026), the least 10 (2 March 2026). "
                        + "The second half saw 20 % more on average than the first. "
                        + "For the next 7 days expect about 12 at first and 12 at the end")
                .doesNotContain("in all", "came to");
    }

    @Test
    void aHighestValueIsToldAsOne() {
        assertThat(UsageExplanation.of(series("max", Window.DAY, "10", "10", "12"), 1, 95)
                        .text())
                .contains("the meter 'tokens' had its highest value of the day go from 10 to 12.");
    }

    @Test
    void differentValuesAreToldPerWindow() {
        assertThat(UsageExplanation.of(series("unique_count", Window.DAY, "10", "10", "13"), 1, 95)
                        .text())
                .contains("the meter 'tokens' counted 11 different values per day on average, 13 in the last day.");
    }

    @Test
    void hoursEndWhenTheLastOneIsOver() {
        assertThat(UsageExplanation.of(series("sum", Window.HOUR, "10", "11", "12"), 1, 95)
                        .text())
                .startsWith("From 2 March 2026, 00:00 UTC to 2 March 2026, 03:00 UTC (3 hours), the meter")
                .contains("For the next hour expect about ");
    }

    @Test
    void monthsAreNamed() {
        assertThat(UsageExplanation.of(series("sum", Window.MONTH, "10", "11", "12"), 1, 95)
                        .text())
                .startsWith("From March 2026 to May 2026 (3 months), the meter")
                .contains("The most was 12 (May 2026)");
    }

    @Test
    void numbersHaveNoMoreDigitsThanTheHistoryGivesReasonFor() {
        String[] values = new String[58];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < 28 ? "1000.123" : "0";
        }

        UsageForecast forecast = UsageForecast.of(series(values), 7, 95);

        assertThat(forecast.points())
                .allSatisfy(point -> assertThat(point.value()).isEqualTo("0"));
        assertThat(forecast.parameters().get("sigma")).hasSizeLessThan(8);
    }

    private static UsageSeries series(String... values) {
        return series("sum", Window.DAY, values);
    }

    private static UsageSeries series(String aggregation, Window window, String... values) {
        return new UsageSeries(
                "tokens",
                aggregation,
                window,
                window.startOf(Instant.parse("2026-03-02T00:00:00Z")),
                Arrays.stream(values).map(BigDecimal::new).toList());
    }
}
