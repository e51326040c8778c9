package io.countinghouse.defaults.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * Spans are recorded, and sent, where somebody has configured an OTLP endpoint; elsewhere none is, though every request has a
 * trace id for the log. The endpoint has a default of Quarkus', which nobody has asked for: it does not count.
 */
class TraceSampling {

    static final String ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";

    /** Of traces alone; it comes before the other. */
    static final String TRACES_ENDPOINT = "quarkus.otel.exporter.otlp.traces.endpoint";

    /** The share of the traces that begin here, 0 to 1; one that comes with a request goes on as its caller decided. */
    static final String RATIO = "quarkus.otel.traces.sampler.arg";

    @Produces
    @Singleton
    Sampler sampler(Config config) {
        return isNamed(config.getConfigValue(ENDPOINT)) || isNamed(config.getConfigValue(TRACES_ENDPOINT))
                ? new OfRequests(Sampler.parentBased(Sampler.traceIdRatioBased(config.getValue(RATIO, Double.class))))
                : Sampler.alwaysOff();
    }

    private static boolean isNamed(ConfigValue endpoint) {
        String address = endpoint.getValue();
        return endpoint.getSourceOrdinal() > 0 && address != null && !address.isBlank();
    }

    /**
     * No trace begins with a query or a call of the service's own: what it polls (outbox, revocations, probes of the database)
     * several times a second would bury the traces of the requests.
     */
    record OfRequests(Sampler others) implements Sampler {

        @Override
        public SamplingResult shouldSample(
                Context parent,
                String traceId,
                String name,
                SpanKind kind,
                Attributes attributes,
                List<LinkData> parentLinks) {
            boolean begins = !Span.fromContext(parent).getSpanContext().isValid();
            return begins && kind == SpanKind.CLIENT
                    ? SamplingResult.drop()
                    : others.shouldSample(parent, traceId, name, kind, attributes, parentLinks);
        }

        @Override
        public String getDescription() {
            return "OfRequests{" + others.getDescription() + "}";
        }
    }
}
