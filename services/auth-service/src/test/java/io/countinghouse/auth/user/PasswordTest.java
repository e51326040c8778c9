package io.countinghouse.auth.user;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.auth.People;
import io.countinghouse.auth.TestClock;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PasswordTest {

    private static final String NEW = "another long password";

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
    void theNewPasswordWorksAndTheOldOneNoLonger() {
        // Given
        People.Person owner = People.owner();

        // When
        change(People.login(owner), People.PASSWORD, NEW).statusCode(204);

        // Then
        People.tryLogin(owner.email(), NEW).statusCode(200);
        People.tryLogin(owner.email(), People.PASSWORD).spec(problem(401, "invalid-credentials"));
    }

    @Test
    void allSessionsButTheCurrentOneEnd() {
        // Given
        People.Person owner = People.owner();
        People.Login other = People.login(owner);
        People.Login current = People.login(owner);

        // When
        change(current, People.PASSWORD, NEW).statusCode(204);

        // Then
        whoAmI(other).spec(problem(401, "unauthorized"));
        People.refresh(other.refreshToken()).statusCode(401);
        whoAmI(current).statusCode(200);
    }

    @Test
    void theCurrentPasswordMustBeRight() {
        change(People.login(People.owner()), "not the right password", NEW)
                .spec(problem(422, "current-password-wrong"));
    }

    @Test
    void guessingTheCurrentPasswordIsThrottled() {
        People.Login login = People.login(People.owner());
        for (int attempt = 0; attempt < 5; attempt++) {
            change(login, "not the right password", NEW).statusCode(422);
        }

        change(login, "not the right password", NEW).spec(problem(429, "too-many-attempts"));
    }

    @Test
    void theNewPasswordIsAnotherThanThePresentOne() {
        change(People.login(People.owner()), People.PASSWORD, People.PASSWORD).spec(invalid("new_password"));
    }

    @Test
    void theNewPasswordMustBeLongEnough() {
        change(People.login(People.owner()), People.PASSWORD, "short").spec(problem(400, "password-refused"));
    }

    @Test
    void theNewPasswordMustBeThere() {
        change(People.login(People.owner()), People.PASSWORD, null).spec(invalid("new_password"));
    }

    @Test
    void aMachineHasNoPassword() {
        given().auth()
                .oauth2(Tokens.scoped(null, "usage:write"))
                .contentType(ContentType.JSON)
                .body(Map.of("current_password", People.PASSWORD, "new_password", NEW))
                .post("/v1/auth/password")
                .then()
                .spec(problem(403, "forbidden"));
    }

    @Test
    void ofTwoChangesAtOnceOneIsRefused() throws Exception {
        // Given
        People.Person owner = People.owner();
        People.Login login = People.login(owner);
        List<Integer> answers;
        try (Connection database = TestDatabase.ofApplicationAsOwner();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            database.setAutoCommit(false);
            database.createStatement()
                    .executeQuery("select 1 from \"user\" where id = '%s' for update".formatted(owner.id()));

            // When
            List<Future<Integer>> both = Stream.of("first new password", "second new password")
                    .map(next -> callers.submit(
                            () -> change(login, People.PASSWORD, next).extract().statusCode()))
                    .toList();
            TestDatabase.awaitWaiting(2);
            database.rollback();
            answers = List.of(both.get(0).get(), both.get(1).get());
        }

        // Then
        assertThat(answers).containsExactlyInAnyOrder(204, 409);
    }

    private static ValidatableResponse change(People.Login login, String current, String next) {
        Map<String, Object> body = new HashMap<>();
        body.put("current_password", current);
        body.put("new_password", next);
        return given().auth()
                .oauth2(login.accessToken())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/auth/password")
                .then();
    }

    private static ValidatableResponse whoAmI(People.Login login) {
        return given().auth()
                .oauth2(login.accessToken())
                .get("/v1/auth/user_info")
                .then();
    }
}
