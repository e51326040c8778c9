package io.countinghouse.auditlog.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.defaults.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Validation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the events that became no entry are counted as refused. */
class RefusedAppendsTest {

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void anEventThatFindsTheDatabaseAwayComesAgainAndIsNotCounted() {
        // Given
        var handler = handler(new IllegalStateException("HR000090: the session is closed"));

        // When
        assertThatThrownBy(() -> deliver(handler, "success")).isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(refused()).isZero();
    }

    @Test
    void anEventPutOffIsNotCounted() {
        // Given
        var handler = handler(ProblemException.unavailable("busy", "Later.", Duration.ofSeconds(1)));

        // When
        assertThatThrownBy(() -> deliver(handler, "success")).isInstanceOf(ProblemException.class);

        // Then
        assertThat(refused()).isZero();
    }

    @Test
    void anEventThatTheLogRefusesIsCounted() {
        // Given
        var handler = handler(ProblemException.conflict("not-appended", "Never."));

        // When
        assertThatThrownBy(() -> deliver(handler, "success")).isInstanceOf(ProblemException.class);

        // Then
        assertThat(refused()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"perhaps", ""})
    void anEventThatIsNoEntryIsCounted(String outcome) {
        // Given
        var handler = handler(new IllegalStateException("not reached"));

        // When
        assertThatThrownBy(() -> deliver(handler, outcome)).isInstanceOf(ProblemException.class);

        // Then
        assertThat(refused()).isOne();
    }

    private AuditRecordedHandler handler(RuntimeException failure) {
        var log = new AuditLogService(null, null, null, null, Clock.systemUTC(), JSON, metrics) {
            @Override
            public Uni<AuditLog> append(NewEntry entry) {
                return Uni.createFrom().failure(failure);
            }
        };
        return new AuditRecordedHandler(
                log,
                new RefusedAppends(metrics),
                Validation.buildDefaultValidatorFactory().getValidator(),
                Clock.systemUTC());
    }

    private static void deliver(AuditRecordedHandler handler, String outcome) throws Exception {
        var data = JSON.readTree("""
                {"service": "invoice-service", "actor_type": "user", "actor_id": "user-1", "action": "invoice.finalized",
                 "resource_type": "invoice", "resource_id": "invoice-1", "outcome": "%s",
                 "occurred_at": "2026-01-31T12:00:00Z"}""".formatted(outcome));
        handler.handle(new ReceivedEvent(
                        "event-1",
                        "invoice-service",
                        handler.type(),
                        UUID.randomUUID(),
                        null,
                        Instant.parse("2026-01-31T12:00:00Z"),
                        data,
                        JSON))
                .await()
                .indefinitely();
    }

    private double refused() {
        return metrics.counter("audit.errors").count();
    }
}
