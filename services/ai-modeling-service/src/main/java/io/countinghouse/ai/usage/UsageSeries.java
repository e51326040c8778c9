package io.countinghouse.ai.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One value per window, from the first window with usage to the end that was asked for. Before the first use there was
 * nothing to use; between uses, a window without events counts as nothing used, or as unchanged for a meter that tells a
 * state (its smallest, largest or latest value).
 *
 * @param start of the first window; of what was asked for when there is no usage at all
 */
public record UsageSeries(String meter, String aggregation, Window window, Instant start, List<BigDecimal> values) {

    public UsageSeries {
        values = List.copyOf(values);
    }

    static UsageSeries of(UsageQuery query, UsageAnswer answer) {
        boolean isState = MeterKind.of(answer.aggregation()) == MeterKind.STATE;
        Map<Instant, BigDecimal> known = answer.data().stream()
                .filter(total -> total.value() != null)
                .collect(Collectors.toMap(UsageAnswer.Total::windowStart, UsageAnswer.Total::value));
        Instant start = known.keySet().stream().min(Instant::compareTo).orElse(query.to());
        List<BigDecimal> values = new ArrayList<>();
        BigDecimal last = BigDecimal.ZERO;
        for (Instant at = start; at.isBefore(query.to()); at = query.window().plus(at, 1)) {
            last = known.getOrDefault(at, isState ? last : BigDecimal.ZERO);
            values.add(last);
        }
        return new UsageSeries(
                query.meter(), answer.aggregation().toLowerCase(Locale.ROOT), query.window(), start, values);
    }

    public MeterKind kind() {
        return MeterKind.of(aggregation);
    }

    public Instant end() {
        return startOf(values.size());
    }

    /** The start of a window by its place in the series; places after the last one are the future. */
    public Instant startOf(int place) {
        return window.plus(start, place);
    }

    public double[] toArray() {
        return values.stream().mapToDouble(BigDecimal::doubleValue).toArray();
    }

    public BigDecimal total() {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
