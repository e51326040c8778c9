package io.countinghouse.defaults.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: the database answers. Nothing else is asked, neither another service nor the secret store, so that one
 * failure does not take the others down. A database that does not answer within the limit counts as away: the probe
 * itself is always quick.
 */
@Readiness
@ApplicationScoped
class ServiceHealth implements AsyncHealthCheck {

    /** Leaves room for the rest of the answer within the promised 100 ms. */
    private static final Duration LIMIT = Duration.ofMillis(80);

    private final Pool database;
    private final String name;
    private final String version;
    private final String environment;

    ServiceHealth(
            Pool database,
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
        long begun = System.nanoTime();
        return database.query("SELECT 1")
                .execute()
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .map(rows -> answer(Optional.empty(), begun))
                .onFailure()
                .recoverWithItem(failure -> answer(Optional.of(failure), begun));
    }

    private HealthCheckResponse answer(Optional<Throwable> failure, long begun) {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named(name)
                .status(failure.isEmpty())
                .withData("database", failure.isEmpty() ? "up" : "down")
                .withData("database_ms", (System.nanoTime() - begun) / 1_000_000)
                .withData("uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000)
                .withData("version", version)
                .withData("environment", environment);
        // The class only: a driver's message can name hosts and users, and probes are read by many.
        failure.ifPresent(cause -> answer.withData("reason", cause.getClass().getSimpleName()));
        return answer.build();
    }
}
