package io.countinghouse.defaults.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceSamplingTest {

    @Test
    void nothingIsRecordedForTheEndpointThatNobodyNamed() {
        assertThat(sampler(Map.of())).isEqualTo(Sampler.alwaysOff());
    }

    @Test
    void nothingIsRecordedForAnEndpointThatIsEmpty() {
        assertThat(sampler(Map.of(TraceSampling.ENDPOINT, ""))).isEqualTo(Sampler.alwaysOff());
    }

    @Test
    void theShareIsOfTheTracesThatBeginHere() {
        assertThat(sampler(Map.of(TraceSampling.ENDPOINT, "http://collector:4317", TraceSampling.RATIO, "0.25")))
                .isEqualTo(Sampler.parentBased(Sampler.traceIdRatioBased(0.25)));
    }

    @Test
    void allAreRecordedWhereOnlyTheEndpointIsNamed() {
        assertThat(sampler(Map.of(TraceSampling.ENDPOINT, "http://collector:4317")))
                .isEqualTo(Sampler.parentBased(Sampler.traceIdRatioBased(1)));
    }

    private static Sampler sampler(Map<String, String> configured) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                // As Quarkus has them.
                .withDefaultValue(TraceSampling.ENDPOINT, "http://localhost:4317/")
                .withDefaultValue(TraceSampling.RATIO, "1.0d")
                .withSources(new PropertiesConfigSource(configured, "configured", 300))
                .build();
        return new TraceSampling().sampler(config);
    }
}
