package io.countinghouse.auth.machine;

import static io.countinghouse.auth.machine.Machines.body;
import static io.countinghouse.auth.machine.Machines.create;
import static io.countinghouse.auth.machine.Machines.token;
import static io.countinghouse.auth.machine.Machines.tokenOf;
import static io.countinghouse.testing.Problems.invalid;
import static org.hamcrest.Matchers.is;

import io.countinghouse.auth.People;
import io.countinghouse.auth.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ServiceAccountExpiryTest {

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
    void anExpiredMachineGetsNoToken() {
        // Given
        Map<String, Object> body = body("usage:read");
        body.put("expires_at", clock.instant().plus(Duration.ofHours(2)).toString());
        JsonPath account = create(tokenOf(People.owner()), body, null)
                .statusCode(201)
                .extract()
                .jsonPath();
        token(account).statusCode(200);

        // When
        clock.advance(Duration.ofHours(2));

        // Then
        token(account).statusCode(401).body("error", is("invalid_client"));
    }

    @Test
    void aTokenLivesNoLongerThanItsMachine() {
        // Given
        Map<String, Object> body = body("usage:read");
        body.put("expires_at", clock.instant().plus(Duration.ofMinutes(5)).toString());
        JsonPath account = create(tokenOf(People.owner()), body, null).extract().jsonPath();

        // When
        ValidatableResponse answer = token(account);

        // Then
        answer.statusCode(200).body("expires_in", is(300));
    }

    @Test
    void aMachineExpiresInTheFuture() {
        Map<String, Object> body = body("usage:read");
        body.put("expires_at", clock.instant().toString());

        create(tokenOf(People.owner()), body, null).spec(invalid("expires_at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+10000-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z"})
    void aMachineExpiresInAYearOfFourDigits(String expiresAt) {
        Map<String, Object> body = body("usage:read");
        body.put("expires_at", expiresAt);

        create(tokenOf(People.owner()), body, null).spec(invalid("expires_at"));
    }

    @Test
    void theCreationIsRepeatedAlsoWhenTheMachineHasExpired() {
        // Given
        People.Person owner = People.owner();
        Map<String, Object> body = body("usage:read");
        body.put("expires_at", clock.instant().plus(Duration.ofHours(2)).toString());
        String key = UUID.randomUUID().toString();
        String id = create(tokenOf(owner), body, key).extract().path("id");
        clock.advance(Duration.ofHours(3));

        // When
        ValidatableResponse repetition = create(tokenOf(owner), body, key);

        // Then
        repetition.statusCode(201).header("Idempotency-Replayed", "true").body("id", is(id));
    }
}
