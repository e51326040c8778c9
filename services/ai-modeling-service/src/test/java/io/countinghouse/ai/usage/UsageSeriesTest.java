package io.countinghouse.ai.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageSeriesTest {

    @ParameterizedTest
    @ValueSource(strings = {"sum", "COUNT", "unique_count"})
    void aWindowWithoutEventsIsNothingUsed(String aggregation) {
        UsageSeries series = series(aggregation, total(2, "5"), total(4, "7"));

        assertThat(series.start()).isEqualTo(day(2));
        assertThat(series.values()).extracting(BigDecimal::intValue).containsExactly(5, 0, 7, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "MAX", "min"})
    void aStateWithoutEventsIsUnchanged(String aggregation) {
        UsageSeries series = series(aggregation, total(2, "5"), total(4, "7"));

        assertThat(series.values()).extracting(BigDecimal::intValue).containsExactly(5, 5, 7, 7);
    }

    @ParameterizedTest
    @CsvSource({"sum, AMOUNT", "COUNT, AMOUNT", "unique_count, DISTINCT", "latest, STATE", "max, STATE", "min, STATE"})
    void theKindOfTheMeterIsThatOfItsAggregation(String aggregation, MeterKind expected) {
        assertThat(series(aggregation).kind()).isEqualTo(expected);
    }

    @Test
    void monthsAreThoseOfTheCalendar() {
        Instant middle = Instant.parse("2028-02-29T13:00:00Z");

        Instant start = Window.MONTH.startOf(middle);

        assertThat(start).isEqualTo("2028-02-01T00:00:00Z");
        assertThat(Window.MONTH.plus(start, -14)).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(Window.MONTH.between(start, Instant.parse("2029-01-01T00:00:00Z")))
                .isEqualTo(11);
    }

    @Test
    void withoutUsageThereIsNoSeries() {
        assertThat(series("sum").values()).isEmpty();
    }

    @Test
    void aWindowWithoutAValueIsOneWithoutEvents() {
        UsageSeries series = series("sum", total(3, "5"), new UsageAnswer.Total(day(4), null));

        assertThat(series.values()).extracting(BigDecimal::intValue).containsExactly(5, 0, 0);
    }

    @Test
    void placesAfterTheLastAreTheFuture() {
        UsageSeries series = series("sum", total(5, "1"));

        assertThat(series.end()).isEqualTo(day(6));
        assertThat(series.startOf(3)).isEqualTo(day(8));
    }

    private static UsageSeries series(String aggregation, UsageAnswer.Total... totals) {
        UsageQuery query = new UsageQuery(UUID.randomUUID(), "tokens", Window.DAY, day(1), day(6));
        return UsageSeries.of(query, new UsageAnswer(aggregation, List.of(totals)));
    }

    private static UsageAnswer.Total total(int day, String value) {
        return new UsageAnswer.Total(day(day), new BigDecimal(value));
    }

    private static Instant day(int day) {
        return Instant.parse("2026-03-0%dT00:00:00Z".formatted(day));
    }
}
