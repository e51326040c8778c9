package io.countinghouse.ai.provider;

import io.countinghouse.ai.forecast.Forecast;
import io.countinghouse.ai.usage.MeterKind;
import io.countinghouse.ai.usage.UsageSeries;
import io.countinghouse.ai.usage.Window;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A forecast with its times and its method. Numbers are decimals in text, as everywhere, rounded to six digits of the largest
 * value: more would claim what no forecast knows. What does not add up over windows has no totals.
 */
@RegisterForReflection
record UsageForecast(
        String meter,
        String aggregation,
        Window window,
        String method,
        int seasonLength,
        Map<String, String> parameters,
        int level,
        Instant historyFrom,
        Instant historyTo,
        int historyWindows,
        String historyTotal,
        List<Point> points,
        String total,
        String totalLower,
        String totalUpper) {

    private static final int DIGITS = 6;
    private static final MathContext SIX_DIGITS = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

    @RegisterForReflection
    record Point(Instant windowStart, Instant windowEnd, String value, String lower, String upper) {}

    static UsageForecast of(UsageSeries history, int horizon, int level) {
        if (history.values().size() < Forecast.LEAST_HISTORY) {
            throw new NotEnoughHistoryException(history);
        }
        Forecast forecast = Forecast.of(
                history.toArray(), history.window().seasons(), horizon, level, history.kind() == MeterKind.STATE);
        int places = placesOf(history);
        List<Point> points = new ArrayList<>(horizon);
        for (int i = 0; i < horizon; i++) {
            Forecast.Step step = forecast.steps().get(i);
            int place = history.values().size() + i;
            points.add(new Point(
                    history.startOf(place),
                    history.startOf(place + 1),
                    text(step.value(), places),
                    text(step.lower(), places),
                    text(step.upper(), places)));
        }
        Map<String, String> parameters = new TreeMap<>();
        forecast.parameters().forEach((name, value) -> parameters.put(name, plain(round(value))));
        parameters.put("sigma", text(forecast.sigma(), places));
        boolean addsUp = history.kind().addsUp();
        return new UsageForecast(
                history.meter(),
                history.aggregation(),
                history.window(),
                forecast.method(),
                forecast.seasonLength(),
                parameters,
                level,
                history.start(),
                history.end(),
                history.values().size(),
                addsUp ? history.total().toPlainString() : null,
                points,
                addsUp ? text(forecast.total().value(), places) : null,
                addsUp ? text(forecast.total().lower(), places) : null,
                addsUp ? text(forecast.total().upper(), places) : null);
    }

    /** Places after the point (before it, if negative) at which the largest value of the history has six digits. */
    private static int placesOf(UsageSeries history) {
        BigDecimal largest = history.values().stream()
                .map(BigDecimal::abs)
                .max(BigDecimal::compareTo)
                .orElseThrow();
        return largest.signum() == 0 ? DIGITS : DIGITS - (largest.precision() - largest.scale());
    }

    private static String text(double value, int places) {
        return plain(BigDecimal.valueOf(value)
                .setScale(places, RoundingMode.HALF_EVEN)
                .round(SIX_DIGITS));
    }

    private static BigDecimal round(double value) {
        return BigDecimal.valueOf(value).round(SIX_DIGITS);
    }

    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
