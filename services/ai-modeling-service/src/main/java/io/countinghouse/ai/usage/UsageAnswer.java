package io.countinghouse.ai.usage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What is read of usage-service's totals: windows without events are not in it. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record UsageAnswer(String aggregation, List<Total> data) {

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Total(Instant windowStart, BigDecimal value) {}
}
