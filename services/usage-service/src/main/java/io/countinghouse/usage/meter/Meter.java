package io.countinghouse.usage.meter;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How events of one type become a number. */
@Entity
@Table(name = "meter")
public class Meter {

    @Id
    private UUID id;

    private String key;
    private String name;
    private String eventType;
    private String aggregation;
    private String valueProperty;

    private String[] groupBy;

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
        meter.groupBy =
                request.groupBy() == null ? new String[0] : request.groupBy().toArray(new String[0]);
        meter.createdAt = at;
        return meter;
    }

    /** What is wrong with an event for this meter: empty when it can be measured. */
    public Optional<String> refuses(JsonNode data) {
        if (valueProperty == null) {
            return Optional.empty();
        }
        JsonNode value = data == null ? null : data.get(valueProperty);
        if (value == null || value.isNull() || value.isContainerNode()) {
            return Optional.of("meter '" + key + "' needs the property '" + valueProperty + "'");
        }
        if (aggregation().needsNumber() && !value.asText().matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?")) {
            return Optional.of("'" + value.asText() + "' in '" + valueProperty + "' is not a decimal number of at most"
                    + " 30 digits on each side of the point, which meter '" + key + "' needs");
        }
        return Optional.empty();
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
        return new MeterView(id, key, name, eventType, aggregation(), valueProperty, groupBy(), createdAt);
    }
}
