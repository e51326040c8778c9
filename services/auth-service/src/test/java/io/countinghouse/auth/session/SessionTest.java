package io.countinghouse.auth.session;

import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.countinghouse.auth.People;
import io.countinghouse.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionTest {

    @Inject
    MeterRegistry metrics;

    @Test
    void aLogoutEndsTheSessionAtOnce() {
        // Given
        People.Login login = People.login(People.owner());

        // When
        logout(login).statusCode(204);

        // Then
        given().auth()
                .oauth2(login.accessToken())
                .get("/v1/auth/user_info")
                .then()
                .spec(problem(401, "unauthorized"));
        People.refresh(login.refreshToken()).spec(problem(401, "invalid-refresh-token"));
    }

    @Test
    void aLogoutIsCountedAndItsTokensAreCountedAsRevoked() {
        People.Login login = People.login(People.owner());
        double logouts = metrics.counter("auth.logouts").count();
        double revoked = metrics.counter("auth.tokens.revoked").count();

        logout(login).statusCode(204);

        assertThat(metrics.counter("auth.logouts").count()).isEqualTo(logouts + 1);
        assertThat(metrics.counter("auth.tokens.revoked").count()).isEqualTo(revoked + 1);
    }

    @Test
    void aMachineHasNothingToLogOutOf() {
        given().auth()
                .oauth2(Tokens.scoped(null, "usage:write"))
                .post("/v1/auth/logout")
                .then()
                .spec(problem(403, "forbidden"));
    }

    @Test
    void oneSeesOnesOwnSessionsNewestFirst() {
        // Given
        People.Person owner = People.owner();
        People.login(owner);
        People.Login second = People.login(owner);
        People.login(People.owner());

        // When
        ValidatableResponse sessions = sessions(second);

        // Then
        sessions.statusCode(200)
                .body("data.size()", is(2))
                .body("data.current", is(java.util.List.of(true, false)))
                .body("data.client_address", hasItems("127.0.0.1"));
    }

    @Test
    void sessionsComeInPages() {
        People.Person owner = People.owner();
        People.login(owner);
        People.Login second = People.login(owner);
        String next = given().auth()
                .oauth2(second.accessToken())
                .get("/v1/auth/sessions?limit=1")
                .then()
                .body("data.size()", is(1))
                .extract()
                .path("next");

        given().auth()
                .oauth2(second.accessToken())
                .get("/v1/auth/sessions?limit=1&after=" + next)
                .then()
                .statusCode(200)
                .body("data.size()", is(1))
                .body("data.id", not(hasItem(next)))
                .body("next", is((Object) null));
    }

    @Test
    void anotherSessionCanBeEnded() {
        // Given
        People.Person owner = People.owner();
        People.Login lost = People.login(owner);
        People.Login current = People.login(owner);
        String id = sessions(current).extract().path("data.find { !it.current }.id");

        // When
        revoke(current, id).statusCode(204);

        // Then
        sessions(lost).spec(problem(401, "unauthorized"));
        sessions(current).statusCode(200).body("data.size()", is(1));
    }

    @Test
    void anEndedSessionCannotBeEndedAgain() {
        People.Person owner = People.owner();
        People.login(owner);
        People.Login current = People.login(owner);
        String id = sessions(current).extract().path("data.find { !it.current }.id");
        revoke(current, id).statusCode(204);

        revoke(current, id).spec(problem(404, "not-found"));
    }

    @Test
    void aSessionOfAColleagueOrOfAnotherTenantIsNotFound() {
        // Given
        People.Person owner = People.owner();
        People.Login colleague = People.login(People.member(owner, "member"));
        People.Login stranger = People.login(People.owner());
        String ofColleague = sessions(colleague).extract().path("data[0].id");
        String ofStranger = sessions(stranger).extract().path("data[0].id");
        People.Login mine = People.login(owner);

        // When
        ValidatableResponse first = revoke(mine, ofColleague);
        ValidatableResponse second = revoke(mine, ofStranger);

        // Then
        first.spec(problem(404, "not-found"));
        second.spec(problem(404, "not-found"));
        sessions(colleague).statusCode(200);
    }

    @Test
    void aSessionThatNeverWasIsNotFound() {
        revoke(People.login(People.owner()), UUID.randomUUID().toString()).spec(problem(404, "not-found"));
    }

    private static ValidatableResponse logout(People.Login login) {
        return given().auth()
                .oauth2(login.accessToken())
                .post("/v1/auth/logout")
                .then();
    }

    private static ValidatableResponse sessions(People.Login login) {
        return given().auth()
                .oauth2(login.accessToken())
                .get("/v1/auth/sessions")
                .then();
    }

    private static ValidatableResponse revoke(People.Login login, String id) {
        return given().auth()
                .oauth2(login.accessToken())
                .delete("/v1/auth/sessions/" + id)
                .then();
    }
}
