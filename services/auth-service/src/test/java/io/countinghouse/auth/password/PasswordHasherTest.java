package io.countinghouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.defaults.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.LaunchMode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordHasherTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final PasswordHasher hasher = new PasswordHasher(config(19_456, 2), metrics, LaunchMode.NORMAL);

    private static PasswordConfig config(int memory, int iterations) {
        return new PasswordConfig() {
            @Override
            public OptionalInt hashingThreads() {
                return OptionalInt.of(1);
            }

            @Override
            public int hashingQueue() {
                return 2;
            }

            @Override
            public int argon2Memory() {
                return memory;
            }

            @Override
            public int argon2Iterations() {
                return iterations;
            }
        };
    }

    @AfterEach
    void stop() {
        hasher.stop();
    }

    @Test
    void whatFindsNoPlaceIsToldToComeBackAndTheRestIsHashed() {
        // Given
        CountDownLatch busy = new CountDownLatch(1);
        List<String> hashes = new CopyOnWriteArrayList<>();
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        hasher.run(() -> await(busy)).subscribe().with(_ -> {});

        // When
        for (int request = 0; request < 20; request++) {
            hasher.hash("a long enough password").subscribe().with(hashes::add, refused::add);
        }
        busy.countDown();

        // Then: two wait.
        Awaitility.await().untilAsserted(() -> assertThat(hashes).hasSize(2));
        assertThat(refused).hasSize(18).allSatisfy(failure -> {
            assertThat(failure).isInstanceOf(ProblemException.class);
            assertThat(((ProblemException) failure).status()).isEqualTo(503);
            assertThat(((ProblemException) failure).retryAfter()).contains(Duration.ofSeconds(1));
        });
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"1024, 2", "19456, 1", "12288, 2", "1024, 100"})
    void weakerHashesThanOwaspsAreRefused(int memory, int iterations) {
        assertThatThrownBy(() -> new PasswordHasher(config(memory, iterations), metrics, LaunchMode.NORMAL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"47104, 1", "12288, 3", "65536, 3"})
    void equalAndStrongerOnesAreMade(int memory, int iterations) {
        PasswordHasher other = new PasswordHasher(config(memory, iterations), metrics, LaunchMode.NORMAL);

        assertThat(other.hash("a long enough password").await().indefinitely())
                .startsWith("$argon2id$v=19$m=%d,t=%d,p=1$".formatted(memory, iterations));
        other.stop();
    }

    @ParameterizedTest
    @CsvSource({
        // A pod of 512 MiB on nodes with more and more processors: two hashes of 19 MiB are a quarter of its 205 MiB of
        // heap.
        "1, 205, 19456, 1",
        "2, 205, 19456, 2",
        "16, 205, 19456, 2",
        "96, 205, 19456, 2",
        "16, 819, 19456, 10",
        // Stronger hashes, fewer at once; never none.
        "16, 205, 47104, 1",
        "16, 205, 1048576, 1"
    })
    void asManyHashesAtOnceAsHaveProcessorsAndRoom(int processors, long heapMib, int hashKib, int threads) {
        assertThat(PasswordHasher.threads(processors, heapMib << 20, hashKib)).isEqualTo(threads);
    }

    @Test
    void nobodyCostsAHashToo() {
        assertThat(hasher.verifyNobody("a long enough password").await().indefinitely())
                .isFalse();

        assertThat(metrics.timer("auth.password.hash").count()).isEqualTo(1);
    }
}
