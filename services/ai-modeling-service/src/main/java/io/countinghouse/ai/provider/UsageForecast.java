package io.countinghouse.ai.provider;

import io.countinghouse.ai.forecast.Forecast;
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

/**
 * A forecast with its times and its method. Numbers are decimals in text, as everywhere, rounded to six digits: more
 * would claim what no forecast knows.
 */
@RegisterForReflection
record UsageForecast(
        String meter,
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
        String total) {

    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    /** Half widths of intervals of the normal distribution, in standard deviations. */
    private static final Map<Integer, Double> Z =
            Map.of(50, 0.674490, 80, 1.281552, 90, 1.644854, 95, 1.959964, 99, 2.575829);

    @RegisterForReflection
    record Point(Instant windowStart, Instant windowEnd, String value, String lower, String upper) {}

    static UsageForecast of(UsageSeries history, int horizon, int level) {
        if (history.values().size() < Forecast.LEAST_HISTORY) {
            throw new NotEnoughHistoryException(history);
        }
        Forecast forecast = Forecast.of(history.toArray(), history.window().seasonLength(), horizon, Z.get(level));
        List<Point> points = new ArrayList<>(horizon);
        double total = 0;
        for (int i = 0; i < horizon; i++) {
            Forecast.Step step = forecast.steps().get(i);
            int place = history.values().size() + i;
            points.add(new Point(
                    history.startOf(place),
                    history.startOf(place + 1),
                    text(step.value()),
                    text(step.lower()),
                    text(step.upper())));
            total += step.value();
        }
        return new UsageForecast(
                history.meter(),
                history.window(),
                forecast.method().toString(),
                forecast.seasonLength(),
                Map.of(
                        "alpha", text(forecast.smoothing().alpha()),
                        "beta", text(forecast.smoothing().beta()),
                        "gamma", text(forecast.smoothing().gamma()),
                        "sigma", text(forecast.sigma())),
                level,
                history.start(),
                history.end(),
                history.values().size(),
                history.total().toPlainString(),
                points,
                text(total));
    }

    static String text(double value) {
        return plain(BigDecimal.valueOf(value).round(SIX_DIGITS));
    }

    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
