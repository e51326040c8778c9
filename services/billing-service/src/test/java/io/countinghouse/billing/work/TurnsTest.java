package io.countinghouse.billing.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.billing.TestClock;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.countinghouse.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes of one service on its one database. */
@QuarkusTest
class TurnsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Inject
    TenantTransaction transaction;

    @Inject
    TestClock clock;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String job = "job-" + UUID.randomUUID();
    private final AtomicInteger done = new AtomicInteger();
    private Turns first;
    private Turns second;

    @BeforeEach
    void twoProcesses() {
        first = new Turns(transaction, new SimpleMeterRegistry(), "pod-1");
        second = new Turns(transaction, new SimpleMeterRegistry(), "pod-2");
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
        clock.reset();
    }

    @Test
    void anIntervalHasOneTurnHoweverManyAskAtOnce() throws Exception {
        // Given
        Callable<Void> byTheFirst = () -> await(() -> first.once(job, HOUR, this::count));
        Callable<Void> byTheSecond = () -> await(() -> second.once(job, HOUR, this::count));

        // When
        for (Future<Void> asked : threads.invokeAll(List.of(byTheFirst, byTheSecond, byTheFirst, byTheSecond))) {
            asked.get(1, TimeUnit.MINUTES);
        }

        // Then
        assertThat(done).hasValue(1);
    }

    @Test
    void theNextIntervalIsWhoeversComesFirst() throws Throwable {
        // Given
        await(() -> first.once(job, HOUR, this::count));
        execute("update work_turn set due_at = now() where job = '%s'");

        // When
        await(() -> second.once(job, HOUR, this::count));

        // Then
        assertThat(done).hasValue(2);
    }

    @Test
    void aProcessWhoseClockIsAnHourAheadTakesNothingFromAnother() throws Throwable {
        // Given
        CompletableFuture<Void> working = new CompletableFuture<>();
        Future<Void> held = hold(working);
        // The database would let the share be had again at once, if it were not for its holder.
        execute("update work_turn set due_at = now() where job = '%s'");
        clock.advance(HOUR);

        // When
        await(() -> second.once(job, HOUR, this::count));

        // Then
        assertThat(done).hasValue(0);
        working.complete(null);
        held.get(1, TimeUnit.MINUTES);
    }

    @Test
    void aProcessThatDiedLosesItsTurnWhenItsLeaseIsOver() throws Throwable {
        // Given
        CompletableFuture<Void> dead = new CompletableFuture<>();
        hold(dead);
        execute("update work_turn set due_at = now(), held_until = now() where job = '%s'");

        // When
        await(() -> second.once(job, HOUR, this::count));

        // Then
        assertThat(done).hasValue(1);
    }

    @Test
    void aTurnThatWasLostCannotEndTheOneThatFollowed() throws Throwable {
        // Given
        CompletableFuture<Void> slow = new CompletableFuture<>();
        Future<Void> lost = hold(slow);
        execute("update work_turn set due_at = now(), held_until = now() where job = '%s'");
        CompletableFuture<Void> working = new CompletableFuture<>();
        Future<Void> held = hold(second, working);

        // When
        slow.complete(null);
        lost.get(1, TimeUnit.MINUTES);

        // Then
        assertThat(holder()).isEqualTo("pod-2");
        working.complete(null);
        held.get(1, TimeUnit.MINUTES);
        assertThat(holder()).isNull();
    }

    @Test
    void aFailureEndsTheTurnAndReachesTheCaller() throws Throwable {
        // When
        assertThatThrownBy(() -> await(() ->
                        first.once(job, HOUR, () -> Uni.createFrom().failure(new IllegalStateException("no luck")))))
                .hasMessageContaining("no luck");

        // Then
        assertThat(holder()).isNull();
    }

    @Test
    void whatOneProcessMeasuredTheOthersKnow() throws Throwable {
        // Given
        await(() -> first.measured(job, HOUR, before -> Uni.createFrom().item(new JsonObject().put("found", 3))));

        // When
        JsonObject known = await(() -> second.measured(
                job, HOUR, _ -> Uni.createFrom().failure(new AssertionError("it was measured already"))));

        // Then
        assertThat(known).isEqualTo(new JsonObject().put("found", 3));
    }

    @Test
    void aMeasurementIsGivenTheOneBeforeWhoeverMadeIt() throws Throwable {
        // Given
        await(() -> first.measured(job, HOUR, before -> Uni.createFrom().item(new JsonObject().put("round", 1))));
        execute("update work_turn set due_at = now() where job = '%s'");

        // When
        JsonObject next = await(() -> second.measured(
                job,
                HOUR,
                before -> Uni.createFrom().item(new JsonObject().put("round", before.getInteger("round") + 1))));

        // Then
        assertThat(next.getInteger("round")).isEqualTo(2);
    }

    @Test
    void sharesAreDividedAndNoneIsWorkedOnTwice() throws Exception {
        // Given
        List<Integer> shares = IntStream.range(0, 20).boxed().toList();
        List<Integer> byTheFirst = new CopyOnWriteArrayList<>();
        List<Integer> byTheSecond = new CopyOnWriteArrayList<>();
        CountDownLatch bothWork = new CountDownLatch(2);

        // When
        List<Future<Void>> rounds = List.of(
                threads.submit(() -> await(() ->
                        first.shared(job, shares, HOUR, share -> meet(bothWork, () -> byTheFirst.add(share))))),
                threads.submit(() -> await(() ->
                        second.shared(job, shares, HOUR, share -> meet(bothWork, () -> byTheSecond.add(share))))));
        for (Future<Void> round : rounds) {
            round.get(1, TimeUnit.MINUTES);
        }

        // Then
        assertThat(byTheFirst).isNotEmpty().doesNotContainAnyElementsOf(byTheSecond);
        assertThat(byTheSecond).isNotEmpty();
        assertThat(byTheFirst.size() + byTheSecond.size()).isEqualTo(20);
    }

    @Test
    void aShareOfWhichSomeIsLeftIsDueAgainAtOnce() throws Throwable {
        // When
        await(() -> first.shared(job, List.of(7), HOUR, _ -> Uni.createFrom().item(() -> done.incrementAndGet() < 3)));

        // Then
        assertThat(done).hasValue(3);
    }

    /** Waits, away from the event loop, until both processes are in a turn. */
    private Uni<Boolean> meet(CountDownLatch both, Runnable work) {
        CompletableFuture<Boolean> met = CompletableFuture.supplyAsync(
                () -> {
                    both.countDown();
                    try {
                        assertThat(both.await(1, TimeUnit.MINUTES)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    work.run();
                    return false;
                },
                threads);
        return onContext(met);
    }

    private Future<Void> hold(CompletableFuture<Void> until) throws InterruptedException {
        return hold(first, until);
    }

    /** In a turn, until it is told that its work is done. */
    private Future<Void> hold(Turns turns, CompletableFuture<Void> until) throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        Future<Void> held = threads.submit(() -> await(() -> turns.once(job, HOUR, () -> {
            taken.countDown();
            return onContext(until);
        })));
        assertThat(taken.await(1, TimeUnit.MINUTES)).isTrue();
        return held;
    }

    /** The database session of a turn lives on the context that began it. */
    private static <T> Uni<T> onContext(CompletableFuture<T> future) {
        Context context = Vertx.currentContext();
        return Uni.createFrom().completionStage(future).emitOn(task -> context.runOnContext(_ -> task.run()));
    }

    private Uni<Void> count() {
        done.incrementAndGet();
        return Uni.createFrom().voidItem();
    }

    private static <T> T await(Supplier<Uni<T>> work) throws Exception {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            assertThat(statement.executeUpdate(sql.formatted(job))).isEqualTo(1);
        }
    }

    private String holder() throws SQLException {
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement();
                var row = statement.executeQuery("select holder from work_turn where job = '" + job + "'")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
