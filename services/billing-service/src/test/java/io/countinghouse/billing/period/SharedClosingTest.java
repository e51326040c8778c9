package io.countinghouse.billing.period;

import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.plan;
import static io.countinghouse.billing.Billing.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.countinghouse.billing.subscription.Subscriptions;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes of billing-service with the same periods to close. */
@QuarkusTest
class SharedClosingTest {

    private static final int DUE = 40;

    @Inject
    TenantTransaction transaction;

    @Inject
    Subscriptions subscriptions;

    @Inject
    PeriodCloser closer;

    @Inject
    BillingConfig config;

    @Inject
    BillingMonitor monitor;

    @Inject
    MeterRegistry metrics;

    @Inject
    Clock clock;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final SimpleMeterRegistry first = new SimpleMeterRegistry();
    private final SimpleMeterRegistry second = new SimpleMeterRegistry();

    @AfterEach
    void end() {
        threads.shutdownNow();
        StubService.reset();
    }

    @Test
    void bothCloseAPartAndNoPeriodIsBilledTwice() throws Exception {
        // Given
        String plan = plan("[{\"name\": \"tokens\", \"model\": \"per_unit\", \"meter\": \"shared_tokens\","
                + " \"unit_price\": \"0.01\"}]");
        List<String> due = new ArrayList<>();
        for (int i = 0; i < DUE; i++) {
            UUID id = subscription(
                    UUID.randomUUID(),
                    plan,
                    Instant.parse("2023-11-01T00:00:00Z"),
                    Instant.parse("2023-12-01T00:00:00Z"));
            due.add("'" + id + "'");
        }
        execute("update subscription set created_at = '2023-11-01' where id in (" + String.join(",", due) + ")");
        usageThatWaitsForTwo();

        // When
        List<Future<Void>> rounds =
                List.of(threads.submit(() -> close(first, "pod-1")), threads.submit(() -> close(second, "pod-2")));
        for (Future<Void> round : rounds) {
            round.get(2, TimeUnit.MINUTES);
        }

        // Then
        assertThat(closed(first)).isPositive();
        assertThat(closed(second)).isPositive();
        // Other tests leave periods that are due, too.
        assertThat(closed(first) + closed(second)).isGreaterThanOrEqualTo(DUE);
        assertThat(billsOf(due)).hasSize(DUE).doesNotHaveDuplicates();
        assertThat(StubService.requests("POST", "/v1/usage/cutoffs")).hasSizeGreaterThanOrEqualTo(DUE);
    }

    @Test
    void forHowLongTheLongestPeriodHasBeenDueIsMeasured() throws Throwable {
        // Given
        UUID id = subscription(
                UUID.randomUUID(),
                flatPlan("1.00"),
                Instant.parse("2023-11-01T00:00:00Z"),
                Instant.parse("2023-12-01T00:00:00Z"));
        execute("update subscription set created_at = '2023-11-01' where id = '" + id + "'");
        VertxContextSupport.subscribeAndAwait(monitor::measure);
        double due = metrics.get("billing.oldest.due.period.seconds").gauge().value();

        // When
        close(first, "pod-1");

        // Then
        VertxContextSupport.subscribeAndAwait(monitor::measure);
        assertThat(due)
                .isCloseTo(
                        Duration.between(Instant.parse("2023-12-01T01:00:00Z"), Instant.now())
                                .toSeconds(),
                        within(300.0));
        assertThat(metrics.get("billing.oldest.due.period.seconds").gauge().value())
                .isLessThan(due);
    }

    /** Each process works at one period at a time: the first two to ask are two processes. */
    private static void usageThatWaitsForTwo() {
        CountDownLatch both = new CountDownLatch(2);
        StubService.on("POST", "/v1/usage/cutoffs", request -> {
            both.countDown();
            try {
                assertThat(both.await(7, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new StubService.Answer(201, "{\"cutoff\": \"4711\"}");
        });
        StubService.on(
                "GET",
                "/v1/usage/metrics",
                200,
                "{\"meter\": \"m\", \"data\": [{\"value\": \"100\", \"event_count\": 3}]}");
    }

    private Void close(SimpleMeterRegistry metrics, String holder) throws Exception {
        DuePeriods process = new DuePeriods(
                transaction, subscriptions, closer, config, clock, new Turns(transaction, metrics, holder), metrics);
        try {
            return VertxContextSupport.subscribeAndAwait(process::close);
        } catch (Exception e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static double closed(SimpleMeterRegistry metrics) {
        return metrics.counter("billing.periods.closed").count();
    }

    private static List<String> billsOf(List<String> subscriptions) throws Exception {
        List<String> bills = new ArrayList<>();
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement();
                var rows =
                        statement.executeQuery("select subscription_id from billing_period where subscription_id in ("
                                + String.join(",", subscriptions) + ")")) {
            while (rows.next()) {
                bills.add(rows.getString(1));
            }
        }
        return bills;
    }

    private static void execute(String sql) throws Exception {
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
