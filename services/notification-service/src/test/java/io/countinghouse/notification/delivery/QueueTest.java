package io.countinghouse.notification.delivery;

import static io.countinghouse.notification.Api.get;
import static io.countinghouse.notification.Api.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.countinghouse.notification.MailServer;
import io.countinghouse.notification.TestClock;
import io.countinghouse.notification.message.ClaimedMessage;
import io.countinghouse.notification.message.DeliveryResult;
import io.countinghouse.notification.message.NotificationQueue;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue as several processes see it; the test claims in the dispatcher's stead. */
@QuarkusTest
@QuarkusTestResource(MailServer.class)
@TestProfile(QueueTest.WithoutDispatcher.class)
class QueueTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Inject
    NotificationQueue queue;

    @Inject
    EmailTransport email;

    @Inject
    QueueMonitor monitor;

    @Inject
    MeterRegistry metrics;

    @Inject
    TestClock clock;

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @BeforeEach
    void nothingIsDue() {
        await(() -> queue.claim(1000, Duration.ofDays(1)));
    }

    @Test
    void eightProcessesNeverClaimTheSameMessage() throws Exception {
        // Given
        List<UUID> queued = IntStream.range(0, 40).mapToObj(n -> queued()).toList();
        List<Callable<List<ClaimedMessage>>> processes = IntStream.range(0, 8)
                .<Callable<List<ClaimedMessage>>>mapToObj(n -> () -> await(() -> queue.claim(10, LEASE)))
                .toList();

        // When
        var claimed = new ArrayList<UUID>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var process : threads.invokeAll(processes)) {
                process.get().forEach(message -> claimed.add(message.id()));
            }
        }
        await(() -> queue.claim(1000, LEASE)).forEach(message -> claimed.add(message.id()));

        // Then
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(queued);
    }

    @Test
    void whatIsClaimedIsNotDueBeforeItsLeaseIsOver() {
        // Given
        UUID id = queued();
        ClaimedMessage first = onlyOf(await(() -> queue.claim(10, Duration.ofMillis(1))), id);
        var whileLeased = new ArrayList<ClaimedMessage>();

        // When
        ClaimedMessage second = onlyOf(await(() -> queue.claim(10, LEASE)), id);
        whileLeased.addAll(await(() -> queue.claim(10, LEASE)));

        // Then
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(whileLeased).isEmpty();
    }

    @Test
    void aProcessWhoseClockIsAnHourAheadClaimsNothingOfAnother() {
        // Given
        queued();
        await(() -> queue.claim(10, LEASE));
        clock.advance(Duration.ofHours(1));

        // When
        List<ClaimedMessage> claimed = await(() -> queue.claim(10, LEASE));

        // Then
        assertThat(claimed).isEmpty();
    }

    @Test
    void whatAProcessQueuesWhoseClockIsAnHourAheadIsDueAtOnce() {
        // Given
        clock.advance(Duration.ofHours(1));
        UUID id = queued();

        // When
        List<ClaimedMessage> claimed = await(() -> queue.claim(10, LEASE));

        // Then
        assertThat(claimed).extracting(ClaimedMessage::id).containsExactly(id);
    }

    @Test
    void aRetryWaitsByTheDatabasesClock() throws Exception {
        // Given
        UUID id = queued();
        clock.advance(Duration.ofHours(1));
        ClaimedMessage message = onlyOf(await(() -> queue.claim(10, LEASE)), id);

        // When
        await(() -> queue.finish(
                message,
                DeliveryResult.unanswered("no answer", true, Instant.EPOCH),
                Optional.of(Duration.ofMinutes(5))));

        // Then
        assertThat(await(() -> queue.claim(10, LEASE))).isEmpty();
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement();
                var row = statement.executeQuery("select next_attempt_at - now() between interval '4 minutes' and"
                        + " interval '5 minutes' from notification where id = '" + id + "'")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    @Test
    void theOldestThatIsDueIsMeasured() throws Exception {
        // Given
        UUID id = queued();
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(
                    "update notification set next_attempt_at = now() - interval '300 seconds' where id = '" + id + "'");
        }

        // When
        await(monitor::measure);

        // Then
        assertThat(metrics.get("notification.queued").gauge().value()).isPositive();
        assertThat(metrics.get("notification.oldest.due.seconds").gauge().value())
                .isBetween(300.0, 400.0);
    }

    @Test
    void anAttemptWhoseLeaseIsOverSaysNothingAnyMore() {
        // Given
        UUID id = queued();
        ClaimedMessage late = onlyOf(await(() -> queue.claim(10, Duration.ofMillis(1))), id);
        ClaimedMessage current = onlyOf(await(() -> queue.claim(10, LEASE)), id);
        var failure = DeliveryResult.unanswered("no answer", true, Instant.EPOCH);

        // When
        boolean lateCounts = await(() -> queue.finish(late, failure, Optional.empty()));
        boolean currentCounts =
                await(() -> queue.finish(current, DeliveryResult.delivered(250, Instant.EPOCH), Optional.empty()));

        // Then
        assertThat(lateCounts).isFalse();
        assertThat(currentCounts).isTrue();
        get(Tokens.operator(), "/v1/notifications/" + id).body("state", equalTo("delivered"));
    }

    @Test
    void aMailServerThatIsAwayIsTriedAgain() {
        // Given
        UUID id = queued();
        ClaimedMessage message = onlyOf(await(() -> queue.claim(10, LEASE)), id);

        // When
        DeliveryResult result = await(() -> email.deliver(message)
                .onFailure()
                .recoverWithItem(failure -> DeliveryResult.unanswered(failure.getMessage(), true, Instant.EPOCH)));

        // Then
        assertThat(result.delivered()).isFalse();
        assertThat(result.handedOver()).isFalse();
        assertThat(result.worthRetrying()).isTrue();
    }

    private static UUID queued() {
        UUID tenant = UUID.randomUUID();
        return UUID.fromString(post(
                        Tokens.operator(),
                        "/v1/notifications/send",
                        Map.of(
                                "template", "subscription-changed",
                                "channel", "email",
                                "to", "somebody@example.com",
                                "tenant_id", tenant.toString(),
                                "variables", Map.of("change", "upgraded", "plan_code", "pro", "plan_version", "2")))
                .statusCode(201)
                .extract()
                .path("id"));
    }

    private static ClaimedMessage onlyOf(List<ClaimedMessage> claimed, UUID id) {
        assertThat(claimed).extracting(ClaimedMessage::id).containsExactly(id);
        return claimed.getFirst();
    }

    private static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static class WithoutDispatcher implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            // Nobody listens on port 1.
            return Map.of(
                    "countinghouse.notification.delivery.concurrency", "0",
                    "quarkus.mailer.host", "localhost",
                    "%test.quarkus.mailer.port", "1");
        }
    }
}
