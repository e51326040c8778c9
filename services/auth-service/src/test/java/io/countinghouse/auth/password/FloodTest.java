package io.countinghouse.auth.password;

import static io.countinghouse.testing.Problems.problem;

import io.countinghouse.auth.People;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FloodTest {

    @Inject
    PasswordHasher hasher;

    @Test
    void aLoginWhileAllPlacesAreTakenIsAnsweredAtOnceInsteadOfQueued() {
        // Given: every thread hashes, and as many as may wait do.
        People.Person owner = People.owner();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch hashing = new CountDownLatch(hasher.threads());
        try {
            for (int place = 0; place < hasher.threads(); place++) {
                hasher.run(() -> {
                            hashing.countDown();
                            return await(end);
                        })
                        .subscribe()
                        .with(_ -> {});
            }
            await(hashing);
            for (int place = 0; place < hasher.capacity(); place++) {
                hasher.run(() -> await(end)).subscribe().with(_ -> {});
            }

            // When, then
            People.tryLogin(owner.email(), People.PASSWORD)
                    .spec(problem(503, "password-hashing-busy"))
                    .header("Retry-After", "1");
        } finally {
            end.countDown();
        }
        // It did not count as an attempt, and the places are free again.
        People.login(owner);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
