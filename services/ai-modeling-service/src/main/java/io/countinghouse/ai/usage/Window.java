package io.countinghouse.ai.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The spacing of a series, on full hours, days or months in UTC, and the seasons that people's habits give it. */
public enum Window {
    /** The day has a season, and the week another; two weeks of history show both. */
    HOUR(ChronoUnit.HOURS, List.of(24, 168), 14 * 24),
    /** A season is a week; a quarter shows thirteen of them. */
    DAY(ChronoUnit.DAYS, List.of(7), 91),
    /** A season is a year; three of them tell it from chance. */
    MONTH(ChronoUnit.MONTHS, List.of(12), 36);

    private final ChronoUnit unit;
    private final List<Integer> seasons;
    private final int usualHistory;

    Window(ChronoUnit unit, List<Integer> seasons, int usualHistory) {
        this.unit = unit;
        this.seasons = seasons;
        this.usualHistory = usualHistory;
    }

    public static Window of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The shortest first. */
    public List<Integer> seasons() {
        return seasons;
    }

    /** In windows. */
    public int usualHistory() {
        return usualHistory;
    }

    public Instant startOf(Instant instant) {
        return this == MONTH
                ? utc(instant).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant()
                : instant.truncatedTo(unit);
    }

    /** Calendars are counted in, since months differ in length. */
    public Instant plus(Instant start, long windows) {
        return utc(start).plus(windows, unit).toInstant();
    }

    public long between(Instant from, Instant to) {
        return unit.between(utc(from), utc(to));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
