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
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void whoWaitsHearsOfTheNextOneWhenItIsCommitted() throws Exception {
        // Given
        endOneSession();
        int seen = newest();
        People.Login login = People.login(People.owner());
        String session = sessionOf(login);
        FutureTask<ValidatableResponse> held = new FutureTask<>(() -> after(seen, 6));
        Thread.ofVirtual().start(held);

        // When: also if it is committed before the other has begun to wait.
        logOut(login);

        // Then
        held.get().statusCode(200).body("data.session_id", hasItem(session));
    }

    /** As another replica of this service does it. */
    @Test
    void whoWaitsHearsOfWhatAnotherProcessCommits() throws Exception {
        // Given
        endOneSession();
        int seen = newest();
        FutureTask<ValidatableResponse> held = new FutureTask<>(() -> after(seen, 6));
        Thread.ofVirtual().start(held);

        // When
        UUID session = UUID.randomUUID();
        try (var connection = TestDatabase.ofApplicationAsOwner();
                var insert = connection.createStatement()) {
            insert.execute("insert into revocation (session_id, revoked_at, expires_at)"
                    + " values ('%s', now(), now() + interval '16 minutes')".formatted(session));
        }

        // Then
        held.get().statusCode(200).body("data.session_id", hasItem(session.toString()));
    }

    @Test
    void whoWaitsInVainGetsAnEmptyPage() {
        endOneSession();

        after(newest(), 1).statusCode(200).body("data.size()", is(0)).body("next", is((Object) null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "7", "x"})
    void aWaitIsSomeSeconds(String wait) {
        given().auth()
                .oauth2(Tokens.service("usage-service"))
                .get("/v1/auth/revocations?wait=" + wait)
                .then()
                .spec(invalid("wait"));
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
        String session = sessionOf(login);
        logOut(login);
        return session;
    }

    private static String sessionOf(People.Login login) {
        return given().auth()
                .oauth2(login.accessToken())
                .get("/v1/auth/sessions")
                .path("data[0].id");
    }

    private static void logOut(People.Login login) {
        given().auth()
                .oauth2(login.accessToken())
                .post("/v1/auth/logout")
                .then()
                .statusCode(204);
    }

    private static int newest() {
        return after(0).extract().path("data.sequence.max()");
    }

    private static ValidatableResponse after(int sequence) {
        return after(sequence, 0);
    }

    private static ValidatableResponse after(int sequence, int wait) {
        return given().auth()
                .oauth2(Tokens.service("usage-service"))
                .get("/v1/auth/revocations?limit=1000&after=" + sequence + "&wait=" + wait)
                .then();
    }
}
