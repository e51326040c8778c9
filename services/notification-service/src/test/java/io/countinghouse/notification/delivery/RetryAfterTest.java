package io.countinghouse.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(24);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40 | 2026-01-31T12:00:40Z",
                " 3600  | 2026-01-31T13:00:00Z",
                "Sat, 31 Jan 2026 12:30:00 GMT | 2026-01-31T12:30:00Z",
                "Sun, 01 Feb 2026 02:00:00 GMT | 2026-02-01T02:00:00Z",
                "Saturday, 31-Jan-26 12:30:00 GMT | 2026-01-31T12:30:00Z",
                "Sun Feb  1 02:00:00 2026 | 2026-02-01T02:00:00Z",
                "86401 | 2026-02-01T12:00:00Z",
                "99999999999999999999 | 2026-02-01T12:00:00Z",
                "Fri, 31 Dec 2027 00:00:00 GMT | 2026-02-01T12:00:00Z"
            })
    void secondsAndDatesAreReadAndCut(String header, Instant time) {
        // When / Then
        assertThat(RetryAfter.of(header, NOW, LONGEST)).contains(time);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"0", "-1", "1.5", "soon", "Sat, 31 Jan 2026 11:00:00 GMT", "2026-01-31T13:00:00Z"})
    void whatSaysNothingOfTheFutureIsIgnored(String header) {
        // When / Then
        assertThat(RetryAfter.of(header, NOW, LONGEST)).isEmpty();
    }
}
