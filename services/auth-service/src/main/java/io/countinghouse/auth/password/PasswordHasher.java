package io.countinghouse.auth.password;

import io.countinghouse.defaults.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes and verifies on a pool of its own. A full queue answers 503 with Retry-After: hashing is the one thing here that
 * a stranger can make expensive. Results arrive on the Vert.x context that asked, where the database session lives.
 */
@ApplicationScoped
public class PasswordHasher {

    /** The part of the heap that hashes may fill is one of this many: requests, sessions and caches need the rest. */
    private static final int HASHES_OF_HEAP = 4;

    private final ThreadPoolExecutor pool;
    private final Timer timer;
    private final Argon2id argon2id;
    private final String unmatchable;

    /** @throws IllegalArgumentException when the configuration asks for weaker hashes than OWASP does, outside of tests */
    PasswordHasher(PasswordConfig config, MeterRegistry registry, LaunchMode mode) {
        this.argon2id = new Argon2id(config.argon2Memory(), config.argon2Iterations());
        if (argon2id.isWeakerThanOwaspAsks() && mode != LaunchMode.TEST) {
            throw new IllegalArgumentException(
                    "countinghouse.auth.password: %s is weaker than OWASP's Password Storage Cheat Sheet asks for"
                            .formatted(argon2id));
        }
        this.unmatchable = argon2id.unmatchable();
        Runtime runtime = Runtime.getRuntime();
        int threads = config.hashingThreads()
                .orElse(threads(runtime.availableProcessors(), runtime.maxMemory(), config.argon2Memory()));
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.hashingQueue()),
                Thread.ofPlatform().name("password-hash-", 0).daemon().factory());
        this.timer = registry.timer("auth.password.hash");
        Gauge.builder("auth.password.hash.threads", pool, ThreadPoolExecutor::getMaximumPoolSize)
                .register(registry);
    }

    /**
     * A pod without a processor limit is told of all processors of its node, which says nothing about its memory.
     *
     * @param heap in bytes, at most
     * @param hashKib what one hash fills of it
     */
    static int threads(int processors, long heap, int hashKib) {
        long room = heap / HASHES_OF_HEAP / (hashKib * 1024L);
        return Math.clamp(room, 1, processors);
    }

    public Uni<String> hash(String password) {
        return run(() -> argon2id.hash(password));
    }

    public Uni<Boolean> verify(String hash, String password) {
        return run(() -> Argon2id.verify(hash, password));
    }

    /** Always false, after the same work as {@link #verify}: the answer's time does not tell whether an account exists. */
    public Uni<Boolean> verifyNobody(String password) {
        return run(() -> Argon2id.verify(unmatchable, password) && false);
    }

    public boolean isOutdated(String hash) {
        return argon2id.isOutdated(hash);
    }

    /** Does the work on the pool, or fails with 503 when all its places are taken. */
    <T> Uni<T> run(Supplier<T> work) {
        Context context = Vertx.currentContext();
        Executor caller = context == null ? Runnable::run : task -> context.runOnContext(_ -> task.run());
        return Uni.createFrom()
                .item(() -> timer.record(work))
                .runSubscriptionOn(pool)
                .emitOn(caller)
                .onFailure(RejectedExecutionException.class)
                .transform(_ -> ProblemException.unavailable(
                        "password-hashing-busy",
                        "All %d places of the password hashing queue are taken.".formatted(capacity()),
                        Duration.ofSeconds(1)));
    }

    int threads() {
        return pool.getMaximumPoolSize();
    }

    /** Places of those that wait. */
    int capacity() {
        return pool.getQueue().size() + pool.getQueue().remainingCapacity();
    }

    @PreDestroy
    void stop() {
        pool.shutdownNow();
    }
}
