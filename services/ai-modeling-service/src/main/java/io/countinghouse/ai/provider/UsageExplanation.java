package io.countinghouse.ai.provider;

import io.countinghouse.ai.usage.UsageSeries;
import io.countinghouse.ai.usage.Window;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A forecast told in words: the same numbers always give the same text. */
@RegisterForReflection
record UsageExplanation(String text, UsageForecast forecast) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static UsageExplanation of(UsageSeries history, int horizon, int level) {
        UsageForecast forecast = UsageForecast.of(history, horizon, level);
        String text = String.join(" ", total(history), extremes(history), change(history), expectation(forecast));
        return new UsageExplanation(text, forecast);
    }

    private static String total(UsageSeries history) {
        BigDecimal average =
                history.total().divide(BigDecimal.valueOf(history.values().size()), 2, RoundingMode.HALF_EVEN);
        return "From %s to %s (%d %ss), the meter '%s' came to %s: on average %s per %s."
                .formatted(
                        at(history.window(), history.start()),
                        at(history.window(), history.end()),
                        history.values().size(),
                        history.window().text(),
                        history.meter(),
                        UsageForecast.plain(history.total()),
                        UsageForecast.plain(average),
                        history.window().text());
    }

    private static String extremes(UsageSeries history) {
        BigDecimal most = Collections.max(history.values());
        BigDecimal least = Collections.min(history.values());
        return "The most was %s (%s), the least %s (%s)."
                .formatted(
                        UsageForecast.plain(most),
                        place(history, most),
                        UsageForecast.plain(least),
                        place(history, least));
    }

    /** The second half against the first; the middle window of an odd number belongs to neither. */
    private static String change(UsageSeries history) {
        int half = history.values().size() / 2;
        BigDecimal before = sum(history.values().subList(0, half));
        BigDecimal after = sum(history.values()
                .subList(history.values().size() - half, history.values().size()));
        if (before.signum() <= 0) {
            return "The first half saw no use, the second half %s.".formatted(UsageForecast.plain(after));
        }
        BigDecimal percent = after.subtract(before).multiply(HUNDRED).divide(before, 1, RoundingMode.HALF_EVEN);
        return switch (percent.signum()) {
            case 0 -> "The second half saw as much use as the first.";
            case 1 -> "The second half saw %s %% more use than the first.".formatted(UsageForecast.plain(percent));
            default ->
                "The second half saw %s %% less use than the first.".formatted(UsageForecast.plain(percent.negate()));
        };
    }

    private static String expectation(UsageForecast forecast) {
        UsageForecast.Point next = forecast.points().getFirst();
        return "For the next %d %ss expect about %s in all; for the first of them %s, and with %d %% confidence between %s and %s."
                .formatted(
                        forecast.points().size(),
                        forecast.window().text(),
                        forecast.total(),
                        next.value(),
                        forecast.level(),
                        next.lower(),
                        next.upper());
    }

    private static String place(UsageSeries history, BigDecimal value) {
        return at(history.window(), history.startOf(history.values().indexOf(value)));
    }

    private static String at(Window window, Instant instant) {
        return (window == Window.DAY ? DAY : HOUR).format(instant.atOffset(ZoneOffset.UTC));
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
