package io.countinghouse.usage.metric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.usage.meter.Aggregation;
import io.countinghouse.usage.meter.Meter;
import io.countinghouse.usage.metric.UsageMetricView.Total;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what was measured. */
@ApplicationScoped
class UsageMetricRepository implements PanacheRepositoryBase<UsageMetric, UsageMetric.Key> {

    private static final String UTC = "at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";

    private final ObjectMapper json;

    UsageMetricRepository(ObjectMapper json) {
        this.json = json;
    }

    Uni<List<Total>> totals(Meter meter, UsageMetricQuery query) {
        Map<String, Object> parameters = new HashMap<>();
        List<String> keys = new ArrayList<>();
        String start = "cast(null as timestamptz)";
        if (query.window() != null) {
            start = "date_trunc('" + query.window().unit() + "', x.time, 'UTC')";
            keys.add("1");
        }
        String group = "cast('{}' as jsonb)";
        if (!query.groupBy().isEmpty()) {
            StringBuilder pairs = new StringBuilder();
            for (int i = 0; i < query.groupBy().size(); i++) {
                pairs.append(i == 0 ? "" : ", ")
                        .append("cast(:g" + i + " as text), x.groups ->> cast(:g" + i + " as text)");
                parameters.put("g" + i, query.groupBy().get(i));
            }
            group = "jsonb_build_object(" + pairs + ")";
            keys.add("2");
        }
        String sql = "select to_char(start " + UTC
                + " as window_start, to_char((start + cast(cast(:step as text) as interval)) "
                + UTC + " as window_end, cast(grouped as text) as grouped,"
                + " cast(trim_scale(value) as text) as value, events from (select " + start + " as start, " + group
                + " as grouped, cast(" + expression(meter.aggregation()) + " as numeric) as value,"
                + " count(*) as events from usage_metrics x"
                + (meter.aggregation() == Aggregation.LATEST ? " join usage_event e on e.id = x.event_id" : "")
                + " where x.tenant_id = cast(:tenant as uuid) and x.meter_id = cast(:meter as uuid)"
                + " and x.time >= cast(cast(:from as text) as timestamptz)"
                + " and x.time < cast(cast(:to as text) as timestamptz)"
                + (query.asOf() == null
                        ? " and x.void_sequence is null"
                        : " and x.sequence <= :asof and (x.void_sequence is null or x.void_sequence > :asof)")
                + (keys.isEmpty() ? "" : " group by " + String.join(", ", keys)) + ") t order by start, grouped";
        parameters.put(
                "step", query.window() == null ? "0" : "1 " + query.window().unit());
        parameters.put("tenant", query.tenant());
        parameters.put("meter", meter.id());
        parameters.put("from", query.from().toString());
        parameters.put("to", query.to().toString());
        if (query.asOf() != null) {
            parameters.put("asof", query.asOf());
        }
        return getSession()
                .chain(session -> {
                    var select = session.createNativeQuery(sql, Tuple.class);
                    parameters.forEach(select::setParameter);
                    return select.getResultList();
                })
                .map(rows -> rows.stream().map(row -> total(row, query)).toList());
    }

    private static String expression(Aggregation aggregation) {
        return switch (aggregation) {
            case COUNT -> "count(*)";
            case SUM -> "coalesce(sum(x.value), 0)";
            case MIN -> "min(x.value)";
            case MAX -> "max(x.value)";
            case UNIQUE_COUNT -> "count(distinct x.text_value)";
            case LATEST ->
                "(array_agg(x.value order by x.time desc, e.source collate \"C\" desc, e.event_id collate \"C\" desc))[1]";
        };
    }

    private Total total(Tuple row, UsageMetricQuery query) {
        String start = row.get("window_start", String.class);
        String end = row.get("window_end", String.class);
        try {
            return new Total(
                    start == null ? query.from() : Instant.parse(start),
                    end == null ? query.to() : Instant.parse(end),
                    json.readValue(row.get("grouped", String.class), new TypeReference<Map<String, String>>() {}),
                    row.get("value", String.class),
                    row.get("events", Long.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
