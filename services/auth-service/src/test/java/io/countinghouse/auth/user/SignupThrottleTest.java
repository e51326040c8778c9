package io.countinghouse.auth.user;

import static io.countinghouse.testing.Problems.problem;

import io.countinghouse.auth.People;
import io.countinghouse.auth.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignupThrottleTest {

    @Inject
    TestClock clock;

    @BeforeEach
    void stopClock() {
        clock.stop();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void anAddressHasTenSignUpsAndThenWaits() {
        // Given
        for (int signUp = 0; signUp < 10; signUp++) {
            People.signUp(email(), "127.0.9.1");
        }

        // When
        ValidatableResponse next = People.signUp(email(), "127.0.9.1");

        // Then
        next.spec(problem(429, "too-many-attempts")).header("Retry-After", "600");
        People.signUp(email(), "127.0.9.2").statusCode(201);
    }

    @Test
    void tenMinutesLaterTheAddressHasSignUpsAgain() {
        // Given
        for (int signUp = 0; signUp < 11; signUp++) {
            People.signUp(email(), "127.0.9.3");
        }

        // When
        clock.advance(Duration.ofMinutes(11));

        // Then
        People.signUp(email(), "127.0.9.3").statusCode(201);
    }

    @Test
    void takenAddressesCountToo() {
        // Given
        String taken = email();
        for (int signUp = 0; signUp < 10; signUp++) {
            People.signUp(taken, "127.0.9.4");
        }

        // When
        ValidatableResponse next = People.signUp(taken, "127.0.9.4");

        // Then
        next.spec(problem(429, "too-many-attempts"));
    }

    private static ValidatableResponse signUp(Map<String, Object> body, String key) {
        var request =
                People.from(People.elsewhere()).contentType(ContentType.JSON).body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/v1/auth/signup").then();
    }

    private static String email() {
        return "ada-" + UUID.randomUUID() + "@example.com";
    }
}
