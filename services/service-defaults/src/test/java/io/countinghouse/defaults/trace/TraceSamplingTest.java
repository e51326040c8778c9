package io.countinghouse.defaults.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.defaults.trace.TraceSampling.OfRequests;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
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
                .isEqualTo(new OfRequests(Sampler.parentBased(Sampler.traceIdRatioBased(0.25))));
    }

    @Test
    void allAreRecordedWhereOnlyTheEndpointIsNamed() {
        assertThat(sampler(Map.of(TraceSampling.ENDPOINT, "http://collector:4317")))
                .isEqualTo(new OfRequests(Sampler.parentBased(Sampler.traceIdRatioBased(1))));
    }

    @Test
    void anEndpointOfTracesAloneCountsAsWell() {
        assertThat(sampler(Map.of(TraceSampling.TRACES_ENDPOINT, "http://collector:4317")))
                .isEqualTo(new OfRequests(Sampler.parentBased(Sampler.traceIdRatioBased(1))));
    }

    @Test
    void aTraceBeginsWithARequestAndNotWithWhatTheServicePolls() {
        Sampler sampler = sampler(Map.of(TraceSampling.ENDPOINT, "http://collector:4317"));
        assertThat(decision(sampler, Context.root(), SpanKind.SERVER)).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
        assertThat(decision(sampler, Context.root(), SpanKind.CLIENT)).isEqualTo(SamplingDecision.DROP);
    }

    @Test
    void aQueryOfARequestIsPartOfItsTrace() {
        Sampler sampler = sampler(Map.of(TraceSampling.ENDPOINT, "http://collector:4317"));
        SpanContext request = SpanContext.create(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "00f067aa0ba902b7",
                TraceFlags.getSampled(),
                TraceState.getDefault());
        assertThat(decision(sampler, Context.root().with(Span.wrap(request)), SpanKind.CLIENT))
                .isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
    }

    private static SamplingDecision decision(Sampler sampler, Context parent, SpanKind kind) {
        return sampler.shouldSample(
                        parent, "4bf92f3577b34da6a3ce929d0e0e4736", "any", kind, Attributes.empty(), List.of())
                .getDecision();
    }

    private static Sampler sampler(Map<String, String> configured) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                // As Quarkus has them.
                .withDefaultValue(TraceSampling.ENDPOINT, "http://localhost:4317/")
                .withDefaultValue(TraceSampling.TRACES_ENDPOINT, "http://localhost:4317/")
                .withDefaultValue(TraceSampling.RATIO, "1.0d")
                .withSources(new PropertiesConfigSource(configured, "configured", 300))
                .build();
        return new TraceSampling().sampler(config);
    }
}
