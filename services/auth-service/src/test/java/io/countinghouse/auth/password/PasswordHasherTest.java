package io.countinghouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countinghouse.defaults.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final PasswordHasher hasher = new PasswordHasher(
            new PasswordConfig() {
                @Override
                public OptionalInt hashingThreads() {
                    return OptionalInt.of(1);
                }

                @Override
                public int hashingQueue() {
                    return 2;
                }
            },
            metrics);

    @AfterEach
    void stop() {
        hasher.stop();
    }

    @Test
    void whatFindsNoPlaceIsToldToComeBackAndTheRestIsHashed() {
        // Given
        List<String> hashes = new CopyOnWriteArrayList<>();
        List<Throwable> refused = new CopyOnWriteArrayList<>();

        // When
        for (int request = 0; request < 20; request++) {
            hasher.hash("a long enough password").subscribe().with(hashes::add, refused::add);
        }

        // Then
        await().untilAsserted(() -> assertThat(hashes.size() + refused.size()).isEqualTo(20));
        // How many more depends on how soon the first are done.
        assertThat(hashes).hasSizeGreaterThanOrEqualTo(3);
        assertThat(refused).isNotEmpty().allSatisfy(failure -> {
            assertThat(failure).isInstanceOf(ProblemException.class);
            assertThat(((ProblemException) failure).status()).isEqualTo(503);
            assertThat(((ProblemException) failure).retryAfter()).contains(Duration.ofSeconds(1));
        });
    }

    @Test
    void nobodyCostsAHashToo() {
        assertThat(hasher.verifyNobody("a long enough password").await().indefinitely())
                .isFalse();

        assertThat(metrics.timer("auth.password.hash").count()).isEqualTo(1);
    }
}
