package io.countinghouse.defaults.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.billing.TestClock;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The outbox as several dispatchers see it, on machines that do not agree about the time. */
@QuarkusTest
@TestProfile(OutboxLeaseTest.WithoutDispatcher.class)
class OutboxLeaseTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject
    OutboxRepository outbox;

    @Inject
    TenantTransaction transaction;

    @Inject
    TestClock clock;

    private final UUID letter = UUID.randomUUID();

    public static class WithoutDispatcher implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("countinghouse.events.poll-interval", "1h");
        }
    }

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @Test
    void aDispatcherWhoseClockIsAnHourAheadTakesNoLetterThatAnotherDelivers() throws Throwable {
        // Given
        write();
        List<UUID> first = claim();
        clock.advance(Duration.ofHours(1));

        // When
        List<UUID> second = claim();

        // Then
        assertThat(first).contains(letter);
        assertThat(second).doesNotContain(letter);
    }

    @Test
    void aLetterWhoseDispatcherDiedIsDueWhenItsLeaseIsOver() throws Throwable {
        // Given
        write();
        claim();
        execute("update outbox_event set next_attempt_at = now() where id = '%s'");
        // The clock of the dispatcher that finds it is behind.
        clock.advance(Duration.ofHours(-1));

        // When
        List<UUID> second = claim();

        // Then
        assertThat(second).contains(letter);
    }

    @Test
    void aRetryWaitsByTheDatabasesClock() throws Throwable {
        // Given
        write();
        claim();
        clock.advance(Duration.ofHours(1));
        await(() -> transaction.forAllTenants(() -> outbox.retryAfter(letter, Duration.ofMinutes(5), "not now")));

        // When
        List<UUID> due = claim();

        // Then
        assertThat(due).doesNotContain(letter);
        execute(
                "update outbox_event set next_attempt_at = next_attempt_at - interval '5 minutes 1 second' where id = '%s'");
        assertThat(claim()).contains(letter);
    }

    private void write() throws SQLException {
        execute("insert into outbox_event (id, event_id, destination, type, occurred_at, data, next_attempt_at) values"
                + " ('%s', gen_random_uuid(), 'usage-service', 'test', now(), '{}', now())");
    }

    private List<UUID> claim() throws Throwable {
        return await(() -> transaction.forAllTenants(() -> outbox.claim(1000, LEASE))).stream()
                .map(OutboxRepository.Letter::id)
                .toList();
    }

    private static <T> T await(Supplier<Uni<T>> work) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(work);
    }

    private void execute(String sql) throws SQLException {
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            assertThat(statement.executeUpdate(sql.formatted(letter))).isEqualTo(1);
        }
    }
}
