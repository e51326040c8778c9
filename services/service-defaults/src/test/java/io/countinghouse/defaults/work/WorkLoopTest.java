package io.countinghouse.defaults.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkLoopTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Optional<Duration> UNTIL_TOLD = Optional.empty();

    private final Vertx vertx = Vertx.vertx();

    /** Rounds that have begun, each waiting for the test to say how it ended. */
    private final BlockingQueue<CompletableFuture<Optional<Duration>>> begun = new LinkedBlockingQueue<>();

    /** The loop's own event loop. */
    private final Context context = vertx.getOrCreateContext();

    private WorkLoop loop;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatIsToldDuringARoundLeadsToOneMoreAndNeverToTwoAtOnce() throws InterruptedException {
        // Given
        start(NEVER, Duration.ZERO);
        loop.wake();
        CompletableFuture<Optional<Duration>> first = round();

        // When
        loop.wake();
        loop.wake();
        loop.wake();
        settle();

        // Then
        assertThat(begun).isEmpty();
        first.complete(UNTIL_TOLD);
        round().complete(UNTIL_TOLD);
        settle();
        assertThat(begun).isEmpty();
    }

    @Test
    void aRoundThatFailsIsNotTheLast() throws InterruptedException {
        // Given
        start(NEVER, Duration.ZERO);
        loop.wake();
        round().completeExceptionally(new IllegalStateException("the database is away"));
        settle();

        // When
        loop.wake();

        // Then
        round().complete(UNTIL_TOLD);
    }

    @Test
    void aRoundThatThrowsIsNotTheLast() throws InterruptedException {
        // Given
        BlockingQueue<String> calls = new LinkedBlockingQueue<>();
        start(NEVER, Duration.ZERO, own -> {
            calls.add("round");
            throw new IllegalStateException("no session");
        });
        loop.wake();
        assertThat(calls.poll(1, TimeUnit.MINUTES)).isNotNull();
        settle();

        // When
        loop.wake();

        // Then
        assertThat(calls.poll(1, TimeUnit.MINUTES)).isNotNull();
    }

    @Test
    void aRoundCanAskForTheNextAtOnceWhateverTheDistance() throws InterruptedException {
        // Given
        start(NEVER, NEVER);
        loop.wake();

        // When
        round().complete(Optional.of(Duration.ZERO));

        // Then
        round().complete(UNTIL_TOLD);
    }

    @Test
    void aRoundCanAskForTheNextAfterAWhile() throws InterruptedException {
        // Given
        start(NEVER, Duration.ZERO);
        loop.wake();

        // When
        round().complete(Optional.of(Duration.ofMillis(5)));

        // Then
        round().complete(UNTIL_TOLD);
    }

    @Test
    void roundsThatAreToldKeepTheirDistance() throws InterruptedException {
        // Given
        start(NEVER, NEVER);
        loop.wake();
        round().complete(UNTIL_TOLD);
        settle();

        // When
        loop.wake();
        settle();

        // Then
        assertThat(begun).isEmpty();
    }

    @Test
    void itLooksByItselfToo() throws InterruptedException {
        // When
        start(Duration.ofMillis(5), Duration.ZERO);

        // Then
        round().complete(UNTIL_TOLD);
        round().complete(UNTIL_TOLD);
    }

    @Test
    void nothingBeginsAfterTheEnd() throws InterruptedException {
        // Given
        start(NEVER, Duration.ZERO);
        loop.wake();
        CompletableFuture<Optional<Duration>> last = round();
        loop.wake();
        settle();

        // When
        loop.stop();
        last.complete(Optional.of(Duration.ZERO));
        loop.wake();
        settle();

        // Then
        assertThat(begun).isEmpty();
    }

    private void start(Duration every, Duration apart) throws InterruptedException {
        start(every, apart, own -> {
            CompletableFuture<Optional<Duration>> end = new CompletableFuture<>();
            begun.add(end);
            return Uni.createFrom().completionStage(end);
        });
    }

    private void start(Duration every, Duration apart, Function<Context, Uni<Optional<Duration>>> work)
            throws InterruptedException {
        loop = new WorkLoop(vertx, "the test's work", every, apart, work);
        // All on one event loop, so that what was queued before is done when something queued later is.
        onTheLoop(loop::start);
    }

    private CompletableFuture<Optional<Duration>> round() throws InterruptedException {
        CompletableFuture<Optional<Duration>> next = begun.poll(1, TimeUnit.MINUTES);
        assertThat(next).as("a round that began within a minute").isNotNull();
        return next;
    }

    /** Waits until the loop has done all that it was told, each step of which may queue one more. */
    private void settle() throws InterruptedException {
        for (int step = 0; step < 10; step++) {
            onTheLoop(() -> {});
        }
    }

    private void onTheLoop(Runnable what) throws InterruptedException {
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        context.runOnContext(_ -> {
            what.run();
            done.add("done");
        });
        assertThat(done.poll(1, TimeUnit.MINUTES)).isNotNull();
    }
}
