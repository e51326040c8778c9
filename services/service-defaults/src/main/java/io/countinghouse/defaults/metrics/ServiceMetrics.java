package io.countinghouse.defaults.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.management.ManagementFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** {@code <prefix>_requests_total} and {@code <prefix>_uptime_seconds} of every service. */
@ApplicationScoped
class ServiceMetrics {

    private final Counter requests;
    private final MeterRegistry registry;
    private final String prefix;

    ServiceMetrics(MeterRegistry registry, @ConfigProperty(name = "countinghouse.metrics.prefix") String prefix) {
        this.registry = registry;
        this.prefix = prefix;
        this.requests = registry.counter(prefix + ".requests");
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder(
                        prefix + ".uptime.seconds",
                        () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0)
                .register(registry);
    }

    @ServerRequestFilter(preMatching = true)
    public void count(ContainerRequestContext request) {
        requests.increment();
    }
}
