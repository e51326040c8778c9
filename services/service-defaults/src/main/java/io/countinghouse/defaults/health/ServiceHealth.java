package io.countinghouse.defaults.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: the database takes writes. Nothing else is asked, neither another service nor the secret store, so that one
 * failure does not take the others down.
 */
@Readiness
@ApplicationScoped
class ServiceHealth implements AsyncHealthCheck {

    private final DatabaseProbe database;
    private final String name;
    private final String version;
    private final String environment;

    ServiceHealth(
            DatabaseProbe database,
            @ConfigProperty(name = "quarkus.application.name") String name,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "countinghouse.environment") String environment) {
        this.database = database;
        this.name = name;
        this.version = version;
        this.environment = environment;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return database.result().map(this::answer);
    }

    private HealthCheckResponse answer(DatabaseProbe.Result found) {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named(name)
                .status(found.isUp())
                .withData("database", found.isUp() ? "up" : "down")
                .withData("database_ms", found.millis())
                .withData("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000)
                .withData("version", version)
                .withData("environment", environment);
        found.failure().ifPresent(reason -> answer.withData("reason", reason));
        return answer.build();
    }
}
