package io.countinghouse.auth.revocation;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.countinghouse.auth.People;
import io.countinghouse.auth.TestClock;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RevocationTest {

    @Inject
    TestClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void anEndedSessionAppearsAfterTheNumberSeenLast() {
        // Given
        endOneSession();
        int seen = newest();
        String session = endOneSession();

        // When
        ValidatableResponse answer = after(seen);

        // Then
        answer.statusCode(200)
                .body("data.session_id", hasItem(session))
                .body("data.sequence", everyItem(greaterThan(seen)))
                .body("data.find { it.session_id == '%s' }.subject".formatted(session), is((Object) null))
                .body("data.find { it.session_id == '%s' }.revoked_at".formatted(session), notNullValue())
                .body("data.find { it.session_id == '%s' }.expires_at".formatted(session), notNullValue());
    }

    @Test
    void nothingFollowsTheNewest() {
        endOneSession();

        after(newest()).statusCode(200).body("data.size()", is(0)).body("next", is((Object) null));
    }

    @Test
    void anEntryGoesWhenTheLastTokenItConcernsHasExpired() {
        String session = endOneSession();
        clock.advance(Duration.ofMinutes(17));

        after(0).body("data.session_id", not(hasItem(session)));
    }

    @Test
    void aNumberIsNeeded() {
        given().auth()
                .oauth2(Tokens.service("usage-service"))
                .get("/v1/auth/revocations?after=x")
                .then()
                .spec(invalid("after"));
    }

    @Test
    void peopleOfTenantsDoNotSeeIt() {
        given().auth()
                .oauth2(Tokens.of(UUID.randomUUID(), "owner"))
                .get("/v1/auth/revocations")
                .then()
                .spec(problem(403, "forbidden"));
    }

    private static String endOneSession() {
        People.Login login = People.login(People.owner());
        String session = given().auth()
                .oauth2(login.accessToken())
                .get("/v1/auth/sessions")
                .path("data[0].id");
        given().auth()
                .oauth2(login.accessToken())
                .post("/v1/auth/logout")
                .then()
                .statusCode(204);
        return session;
    }

    private static int newest() {
        return after(0).extract().path("data.sequence.max()");
    }

    private static ValidatableResponse after(int sequence) {
        return given().auth()
                .oauth2(Tokens.service("usage-service"))
                .get("/v1/auth/revocations?limit=1000&after=" + sequence)
                .then();
    }
}
