package io.countinghouse.defaults.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * {@code <prefix>_schema_validated_timestamp_seconds{entities}}: when Hibernate found the schema to be what the entities
 * say. It does so before the service starts, which fails otherwise; a service told not to validate has no such metric.
 */
@ApplicationScoped
class SchemaMetric {

    private static final String VALIDATE = "validate";

    private final MeterRegistry registry;
    private final Mutiny.SessionFactory sessions;
    private final Clock clock;
    private final String name;
    private final String strategy;

    SchemaMetric(
            MeterRegistry registry,
            Mutiny.SessionFactory sessions,
            Clock clock,
            @ConfigProperty(name = "countinghouse.metrics.prefix") String prefix,
            @ConfigProperty(name = "quarkus.hibernate-orm.schema-management.strategy") String strategy) {
        this.registry = registry;
        this.sessions = sessions;
        this.clock = clock;
        this.name = prefix + ".schema.validated.timestamp.seconds";
        this.strategy = strategy;
    }

    void start(@Observes StartupEvent event) {
        if (strategy.equals(VALIDATE)) {
            double at = clock.instant().toEpochMilli() / 1000.0;
            Gauge.builder(name, () -> at)
                    .tag(
                            "entities",
                            String.valueOf(sessions.getMetamodel().getEntities().size()))
                    .register(registry);
        }
    }
}
