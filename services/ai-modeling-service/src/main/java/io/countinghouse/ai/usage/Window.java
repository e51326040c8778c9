package io.countinghouse.ai.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The spacing of a series, on full hours or days in UTC, and the season that people's habits give it. */
public enum Window {
    /** A season is a day; two weeks of history show fourteen of them. */
    HOUR(ChronoUnit.HOURS, 24, Duration.ofDays(14)),
    /** A season is a week; a quarter shows thirteen of them. */
    DAY(ChronoUnit.DAYS, 7, Duration.ofDays(91));

    private final ChronoUnit unit;
    private final int seasonLength;
    private final Duration usualHistory;

    Window(ChronoUnit unit, int seasonLength, Duration usualHistory) {
        this.unit = unit;
        this.seasonLength = seasonLength;
        this.usualHistory = usualHistory;
    }

    public static Window of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int seasonLength() {
        return seasonLength;
    }

    public Duration usualHistory() {
        return usualHistory;
    }

    public Duration length() {
        return unit.getDuration();
    }

    public Instant startOf(Instant instant) {
        return instant.truncatedTo(unit);
    }

    public Instant plus(Instant start, long windows) {
        return start.plus(windows, unit);
    }

    public long between(Instant from, Instant to) {
        return unit.between(from, to);
    }
}
