package io.countinghouse.auth.session;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.countinghouse.auth.People;
import io.countinghouse.auth.TestClock;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RefreshTest {

    private static final Duration BEYOND_GRACE = Duration.ofSeconds(11);

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
    void aRefreshTokenGivesANewPair() {
        // Given
        People.Login first = People.login(People.owner());

        // When
        People.Login second = People.read(People.refresh(first.refreshToken()).statusCode(200));

        // Then
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        whoAmI(second.accessToken(), 200);
    }

    @Test
    void theSessionStaysTheSame() {
        // Given
        People.Login first = People.login(People.owner());

        // When
        People.Login second = People.read(People.refresh(first.refreshToken()).statusCode(200));

        // Then
        given().auth()
                .oauth2(second.accessToken())
                .get("/v1/auth/sessions")
                .then()
                .statusCode(200)
                .body("data.size()", is(1))
                .body("data[0].current", is(true));
    }

    @Test
    void thirtyTwoRefreshesOfOneTokenAtOnceGiveOneChild() {
        // Given
        String token = People.login(People.owner()).refreshToken();

        // When
        List<String> children;
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            children = IntStream.range(0, 32)
                    .mapToObj(_ -> threads.submit(() ->
                            People.read(People.refresh(token).statusCode(200)).refreshToken()))
                    .toList()
                    .stream()
                    .map(RefreshTest::get)
                    .distinct()
                    .toList();
        }

        // Then
        assertThat(children).hasSize(1);
        People.refresh(children.getFirst()).statusCode(200);
    }

    @Test
    void shortlyAfterItsExchangeATokenGivesTheSameChildAgain() {
        // Given
        String parent = People.login(People.owner()).refreshToken();
        String child = People.read(People.refresh(parent).statusCode(200)).refreshToken();
        clock.advance(Duration.ofSeconds(9));

        // When
        String again = People.read(People.refresh(parent).statusCode(200)).refreshToken();

        // Then
        assertThat(again).isEqualTo(child);
    }

    @Test
    void aTokenThatComesBackLaterEndsTheSession() {
        // Given
        People.Login first = People.login(People.owner());
        People.Login second = People.read(People.refresh(first.refreshToken()).statusCode(200));
        clock.advance(BEYOND_GRACE);

        // When
        People.refresh(first.refreshToken()).spec(problem(401, "invalid-refresh-token"));

        // Then
        People.refresh(second.refreshToken()).spec(problem(401, "invalid-refresh-token"));
        whoAmI(second.accessToken(), 401);
        whoAmI(first.accessToken(), 401);
    }

    @Test
    void aTokenThatComesBackIsInTheAuditTrail() {
        // Given
        People.Person owner = People.owner();
        String parent = People.login(owner).refreshToken();
        People.refresh(parent).statusCode(200);
        clock.advance(BEYOND_GRACE);

        // When
        People.refresh(parent).statusCode(401);

        // Then
        await().untilAsserted(() -> assertThat(StubService.events("countinghouse.audit.recorded.v1"))
                .anyMatch(event -> event.contains("session.refresh_token_reused")
                        && event.contains(owner.id().toString())));
    }

    @Test
    void anotherSessionOfTheSameUserSurvives() {
        // Given
        People.Person owner = People.owner();
        String stolen = People.login(owner).refreshToken();
        People.Login other = People.login(owner);
        People.refresh(stolen).statusCode(200);
        clock.advance(BEYOND_GRACE);

        // When
        People.refresh(stolen).statusCode(401);

        // Then
        People.refresh(other.refreshToken()).statusCode(200);
    }

    @Test
    void anIdleSessionIsOverAfterTwoWeeks() {
        String token = People.login(People.owner()).refreshToken();
        clock.advance(Duration.ofDays(14));

        People.refresh(token).spec(problem(401, "invalid-refresh-token"));
    }

    @Test
    void aBusySessionIsOverAfterAMonth() {
        // Given
        String token = People.login(People.owner()).refreshToken();
        for (int week = 0; week < 4; week++) {
            clock.advance(Duration.ofDays(7));
            token = People.read(People.refresh(token).statusCode(200)).refreshToken();
        }
        clock.advance(Duration.ofDays(2));

        // When
        ValidatableResponse answer = People.refresh(token);

        // Then
        answer.spec(problem(401, "invalid-refresh-token"));
    }

    @Test
    void anUnknownTokenIsRefused() {
        People.refresh("chr_unknown").spec(problem(401, "invalid-refresh-token"));
    }

    @Test
    void anEmptyTokenIsInvalid() {
        given().contentType(ContentType.JSON)
                .body("{\"refresh_token\":\"\"}")
                .post("/v1/auth/refresh")
                .then()
                .spec(invalid("refresh_token"));
    }

    private static void whoAmI(String token, int status) {
        given().auth().oauth2(token).get("/v1/auth/user_info").then().statusCode(status);
    }

    private static String get(Future<String> child) {
        try {
            return child.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
