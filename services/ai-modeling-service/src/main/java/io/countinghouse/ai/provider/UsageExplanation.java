package io.countinghouse.ai.provider;

import io.countinghouse.ai.usage.MeterKind;
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
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static UsageExplanation of(UsageSeries history, int horizon, int level) {
        UsageForecast forecast = UsageForecast.of(history, horizon, level);
        String text =
                String.join(" ", level(history), extremes(history), change(history), expectation(history, forecast));
        return new UsageExplanation(text, forecast);
    }

    private static String level(UsageSeries history) {
        String subject = "From %s to %s (%s), the meter '%s'"
                .formatted(
                        at(history.window(), history.start()),
                        at(
                                history.window(),
                                // The last day or month is in it, and so is the hour that ends then.
                                history.window() == Window.HOUR
                                        ? history.end()
                                        : history.startOf(history.values().size() - 1)),
                        windows(history, history.values().size()),
                        history.meter());
        String each = history.window().text();
        return switch (history.aggregation()) {
            case "latest" -> "%s went from %s to %s.".formatted(subject, first(history), last(history));
            case "min", "max" ->
                "%s had its %s value of the %s go from %s to %s."
                        .formatted(
                                subject,
                                history.aggregation().equals("max") ? "highest" : "lowest",
                                each,
                                first(history),
                                last(history));
            case "unique_count" ->
                "%s counted %s different values per %s on average, %s in the last %s."
                        .formatted(subject, average(history), each, last(history), each);
            default ->
                "%s came to %s: on average %s per %s."
                        .formatted(subject, UsageForecast.plain(history.total()), average(history), each);
        };
    }

    private static String extremes(UsageSeries history) {
        BigDecimal most = Collections.max(history.values());
        BigDecimal least = Collections.min(history.values());
        if (most.compareTo(least) == 0) {
            return "It was %s in each %s."
                    .formatted(UsageForecast.plain(most), history.window().text());
        }
        return "The most was %s (%s), the least %s (%s)."
                .formatted(
                        UsageForecast.plain(most),
                        place(history, most),
                        UsageForecast.plain(least),
                        place(history, least));
    }

    /** The second half against the first; the middle window of an odd number belongs to neither. */
    private static String change(UsageSeries history) {
        int size = history.values().size();
        int half = size / 2;
        BigDecimal before = sum(history.values().subList(0, half));
        BigDecimal after = sum(history.values().subList(size - half, size));
        boolean addsUp = history.kind().addsUp();
        if (before.compareTo(after) == 0) {
            return before.signum() == 0 && addsUp ? "Neither half saw any use." : "The second half was like the first.";
        }
        if (before.signum() <= 0 || after.signum() < 0) {
            return addsUp
                    ? "The first half came to %s, the second half to %s."
                            .formatted(UsageForecast.plain(before), UsageForecast.plain(after))
                    : "The first half was %s on average, the second half %s."
                            .formatted(mean(before, half), mean(after, half));
        }
        BigDecimal percent = after.subtract(before).multiply(HUNDRED).divide(before, 1, RoundingMode.HALF_EVEN);
        String noun = addsUp ? "use than" : "on average than";
        return switch (percent.signum()) {
            case 0 -> "The second half was about like the first.";
            case 1 -> "The second half saw %s %% more %s the first.".formatted(UsageForecast.plain(percent), noun);
            default ->
                "The second half saw %s %% less %s the first.".formatted(UsageForecast.plain(percent.negate()), noun);
        };
    }

    private static String expectation(UsageSeries history, UsageForecast forecast) {
        int size = forecast.points().size();
        UsageForecast.Point first = forecast.points().getFirst();
        UsageForecast.Point last = forecast.points().getLast();
        String each = history.window().text();
        String confidence = "with %d %% confidence".formatted(forecast.level());
        if (size == 1) {
            return "For the next %s expect about %s, and %s between %s and %s."
                    .formatted(each, first.value(), confidence, first.lower(), first.upper());
        }
        if (history.kind() == MeterKind.AMOUNT) {
            return ("For the next %s expect about %s in all, and %s between %s and %s; for the first of them %s, "
                            + "between %s and %s.")
                    .formatted(
                            windows(history, size),
                            forecast.total(),
                            confidence,
                            forecast.totalLower(),
                            forecast.totalUpper(),
                            first.value(),
                            first.lower(),
                            first.upper());
        }
        return "For the next %s expect about %s at first and %s at the end, and %s between %s and %s at the end."
                .formatted(windows(history, size), first.value(), last.value(), confidence, last.lower(), last.upper());
    }

    private static String windows(UsageSeries history, int count) {
        return count + " " + history.window().text() + (count == 1 ? "" : "s");
    }

    private static String first(UsageSeries history) {
        return UsageForecast.plain(history.values().getFirst());
    }

    private static String last(UsageSeries history) {
        return UsageForecast.plain(history.values().getLast());
    }

    private static String average(UsageSeries history) {
        return mean(history.total(), history.values().size());
    }

    private static String mean(BigDecimal sum, int count) {
        return UsageForecast.plain(sum.divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_EVEN));
    }

    private static String place(UsageSeries history, BigDecimal value) {
        return at(history.window(), history.startOf(history.values().indexOf(value)));
    }

    private static String at(Window window, Instant instant) {
        DateTimeFormatter format = switch (window) {
            case HOUR -> HOUR;
            case DAY -> DAY;
            case MONTH -> MONTH;
        };
        return format.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
