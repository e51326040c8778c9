package io.countinghouse.usage.meter;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.defaults.money.Decimals;
import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** How events of one type become a number. */
@Entity
@Table(name = "meter")
public class Meter {

    private static final int MOST_DIGITS = 30;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final int MOST_QUOTED = 100;

    @Id
    private UUID id;

    private String key;
    private String name;
    private String eventType;
    private String aggregation;
    private String valueProperty;

    private boolean allowNegative;
    private String[] groupBy;
    private long unmeasuredEvents;

    private Instant createdAt;

    protected Meter() {}

    static Meter define(CreateMeterRequest request, Instant at) {
        Meter meter = new Meter();
        meter.id = Ids.next();
        meter.key = request.key();
        meter.name = request.name();
        meter.eventType = request.eventType();
        meter.aggregation = request.aggregation().code();
        meter.valueProperty = request.valueProperty();
        meter.allowNegative = request.takesNegative();
        meter.groupBy =
                request.groupBy() == null ? new String[0] : request.groupBy().toArray(new String[0]);
        meter.createdAt = at;
        return meter;
    }

    /**
     * What is wrong with an event for this meter: empty when it can be measured. {@code usage_measurable} in the
     * database says the same.
     *
     * @param selfReported whether the customer reports it itself, which can never take anything off its bill
     */
    public Optional<String> refuses(JsonNode data, boolean selfReported) {
        if (valueProperty == null) {
            return Optional.empty();
        }
        JsonNode value = data == null ? null : data.get(valueProperty);
        if (value == null || value.isNull() || value.isContainerNode()) {
            return Optional.of("meter '" + key + "' needs the property '" + valueProperty + "'");
        }
        if (!aggregation().needsNumber()) {
            return Optional.empty();
        }
        Optional<BigDecimal> number = number(value);
        if (number.isEmpty()) {
            return Optional.of("'" + quoted(value) + "' in '" + valueProperty + "' is not a decimal number of at most "
                    + MOST_DIGITS + " digits on each side of the point, which meter '" + key + "' needs");
        }
        if (number.get().signum() < 0 && (!allowNegative || selfReported)) {
            return Optional.of("'" + quoted(value) + "' in '" + valueProperty + "' is negative; "
                    + (allowNegative
                            ? "what a customer reports itself cannot be"
                            : "meter '" + key + "' takes numbers of 0 or more"));
        }
        return Optional.empty();
    }

    /** A JSON number in any notation, or a plain decimal in a string. */
    private static Optional<BigDecimal> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.decimalValue()).filter(n -> Decimals.fits(n, MOST_DIGITS, MOST_DIGITS));
        }
        return value.isTextual() && DECIMAL.matcher(value.textValue()).matches()
                ? Optional.of(new BigDecimal(value.textValue()))
                : Optional.empty();
    }

    private static String quoted(JsonNode value) {
        if (value.isNumber()) {
            return Decimals.quoted(value.decimalValue());
        }
        String text = value.asText();
        return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…";
    }

    /** Called once, when the past has been measured. */
    void leaveOut(long events) {
        unmeasuredEvents = events;
    }

    long unmeasuredEvents() {
        return unmeasuredEvents;
    }

    public UUID id() {
        return id;
    }

    public String key() {
        return key;
    }

    public String eventType() {
        return eventType;
    }

    public Aggregation aggregation() {
        return Aggregation.of(aggregation);
    }

    public List<String> groupBy() {
        return List.of(groupBy);
    }

    MeterView view() {
        return new MeterView(
                id,
                key,
                name,
                eventType,
                aggregation(),
                valueProperty,
                allowNegative,
                groupBy(),
                unmeasuredEvents,
                createdAt);
    }
}
