package io.countinghouse.billing.usage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.UUID;

/** What is read of usage-service's answers. */
final class UsageAnswer {
    private UsageAnswer() {}

    record CutoffRequest(UUID tenantId) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Cutoff(String cutoff) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Metrics(List<Total> data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Total(String value) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Events(List<Event> data, String next) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Event(String value) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Meter(String key, String aggregation) {}
}
