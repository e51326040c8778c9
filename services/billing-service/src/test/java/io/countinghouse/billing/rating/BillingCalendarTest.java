package io.countinghouse.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingCalendarTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T00:00:00Z,2026-01-31T00:00:00Z,2026-01-31T00:00:00Z,2026-02-28T00:00:00Z",
        "2026-01-31T00:00:00Z,2026-02-27T23:59:59Z,2026-01-31T00:00:00Z,2026-02-28T00:00:00Z",
        "2026-01-31T00:00:00Z,2026-02-28T00:00:00Z,2026-02-28T00:00:00Z,2026-03-31T00:00:00Z",
        "2026-01-31T00:00:00Z,2026-03-31T00:00:00Z,2026-03-31T00:00:00Z,2026-04-30T00:00:00Z",
        "2023-11-16T18:00:00Z,2024-02-16T17:59:59Z,2024-01-16T18:00:00Z,2024-02-16T18:00:00Z",
        "2024-01-30T00:00:00Z,2024-02-29T12:00:00Z,2024-02-29T00:00:00Z,2024-03-30T00:00:00Z"
    })
    void aMonthlyIntervalIsCountedFromTheAnchor(Instant anchor, Instant at, Instant start, Instant end) {
        // When
        var interval = new BillingCalendar(anchor, 1).containing(at);
        // Then
        assertThat(interval).isEqualTo(new BillingCalendar.Interval(start, end));
    }

    @Test
    void aYearlyIntervalOfALeapDayComesBackToIt() {
        // Given
        BillingCalendar yearly = new BillingCalendar(Instant.parse("2024-02-29T00:00:00Z"), 12);
        // When
        var fourth = yearly.containing(Instant.parse("2027-12-01T00:00:00Z"));
        // Then
        assertThat(fourth.start()).isEqualTo("2027-02-28T00:00:00Z");
        assertThat(fourth.end()).isEqualTo("2028-02-29T00:00:00Z");
    }

    @Test
    void intervalsFollowEachOtherWithoutGapOrOverlap() {
        // Given
        BillingCalendar calendar = new BillingCalendar(Instant.parse("2023-10-31T07:30:00Z"), 1);
        var interval = calendar.containing(calendar.anchor());
        // When
        for (int i = 0; i < 60; i++) {
            var next = calendar.containing(interval.end());
            // Then
            assertThat(next.start()).isEqualTo(interval.end());
            assertThat(calendar.containing(interval.end().minusNanos(1))).isEqualTo(interval);
            interval = next;
        }
    }

    @Test
    void nothingLiesBeforeTheAnchor() {
        // Given
        BillingCalendar calendar = new BillingCalendar(Instant.parse("2026-01-01T00:00:00Z"), 1);
        // When
        var refused = assertThatThrownBy(() -> calendar.containing(Instant.parse("2025-12-31T23:59:59Z")));
        // Then
        refused.isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2011-02-01T00:00:00Z,2011-02-13T00:00:00Z,2011-01-13T00:00:00Z,2011-02-13T00:00:00Z,0.387096774",
        "2011-02-10T00:00:00Z,2011-02-24T00:00:00Z,2011-02-10T00:00:00Z,2011-03-10T00:00:00Z,0.5"
    })
    void aPartOfAnIntervalIsTheFractionThatKillBillPublishes(
            Instant start, Instant end, Instant wholeStart, Instant wholeEnd, BigDecimal fraction) {
        // When
        Proration part = Proration.of(start, end, wholeStart, wholeEnd);
        // Then
        assertThat(part.fraction()).isEqualByComparingTo(fraction);
    }

    @ParameterizedTest
    @CsvSource({"10,5.48", "20,10.97"})
    void aPriceForTheRestOfAMonthIsTheAmountThatFlexpricePublishes(String price, String expected) {
        // Given
        Proration rest = Proration.of(
                Instant.parse("2024-03-15T00:00:00Z"),
                Instant.parse("2024-04-01T00:00:00Z"),
                Instant.parse("2024-03-01T00:00:00Z"),
                Instant.parse("2024-04-01T00:00:00Z"));
        // When
        BigDecimal amount = rest.of(new BigDecimal(price), 2, RoundingMode.HALF_UP);
        // Then
        assertThat(amount).isEqualByComparingTo(expected);
    }
}
