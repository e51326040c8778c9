package io.countinghouse.defaults.trace;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * Spans are recorded, and sent, where somebody has configured an OTLP endpoint; elsewhere none is, though every request has a
 * trace id for the log. The endpoint has a default of Quarkus', which nobody has asked for: it does not count.
 */
class TraceSampling {

    static final String ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";

    /** The share of the traces that begin here, 0 to 1; one that comes with a request goes on as its caller decided. */
    static final String RATIO = "quarkus.otel.traces.sampler.arg";

    @Produces
    @Singleton
    Sampler sampler(Config config) {
        ConfigValue endpoint = config.getConfigValue(ENDPOINT);
        String address = endpoint.getValue();
        boolean configured = endpoint.getSourceOrdinal() > 0 && address != null && !address.isBlank();
        return configured
                ? Sampler.parentBased(Sampler.traceIdRatioBased(config.getValue(RATIO, Double.class)))
                : Sampler.alwaysOff();
    }
}
