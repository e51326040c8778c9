package io.countinghouse.auth.user;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.countinghouse.auth.People;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password that somebody else chose: it opens its own change. */
@QuarkusTest
class FirstPasswordTest {

    @Test
    void aLoginWithAFirstPasswordSaysThatItMustBeChanged() {
        People.Person added = People.added(People.owner(), "member");

        People.tryLogin(added.email(), People.FIRST_PASSWORD)
                .statusCode(200)
                .body("password_change_required", is(true));
    }

    @Test
    void aLoginWithAPasswordOfOnesOwnDoesNot() {
        People.Person owner = People.owner();

        People.tryLogin(owner.email(), People.PASSWORD).statusCode(200).body("password_change_required", is(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/auth/user_info", "/v1/auth/users", "/v1/auth/sessions", "/v1/auth/service-accounts"})
    void itsTokenReadsNothing(String path) {
        People.Person added = People.added(People.owner(), "admin");
        String token = People.login(added.email(), People.FIRST_PASSWORD).accessToken();

        given().auth().oauth2(token).get(path).then().spec(problem(403, "forbidden"));
    }

    @Test
    void itsTokenMakesNoUser() {
        People.Person added = People.added(People.owner(), "owner");
        String token = People.login(added.email(), People.FIRST_PASSWORD).accessToken();

        given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "email",
                        UUID.randomUUID() + "@example.com",
                        "name",
                        "X",
                        "role",
                        "owner",
                        "password",
                        People.PASSWORD))
                .post("/v1/auth/users")
                .then()
                .spec(problem(403, "forbidden"));
    }

    @Test
    void aRefreshGivesNoMoreWhileThePasswordStands() {
        // Given
        People.Person added = People.added(People.owner(), "member");
        People.Login login = People.login(added.email(), People.FIRST_PASSWORD);

        // When
        People.Login next = People.read(People.refresh(login.refreshToken()));

        // Then
        whoAmI(next).spec(problem(403, "forbidden"));
    }

    @Test
    void afterTheChangeARefreshGivesTheRole() {
        // Given
        People.Person added = People.added(People.owner(), "member");
        People.Login login = People.login(added.email(), People.FIRST_PASSWORD);

        // When
        change(login, People.PASSWORD);

        // Then
        People.Login next =
                People.read(People.refresh(login.refreshToken()).body("password_change_required", is(false)));
        whoAmI(next).statusCode(200).body("role", is("member"));
    }

    @Test
    void theChangeIsInTheAuditTrail() {
        People.Person added = People.added(People.owner(), "member");

        change(People.login(added.email(), People.FIRST_PASSWORD), People.PASSWORD);

        await().untilAsserted(() -> assertThat(StubService.events("countinghouse.audit.recorded.v1"))
                .anyMatch(event -> event.contains("\"user.password_changed\"")
                        && event.contains(added.id().toString())
                        && event.contains("\"first_password\":true")));
    }

    @Test
    void theFirstPasswordIsNoNewPassword() {
        People.Person added = People.added(People.owner(), "member");

        change(People.login(added.email(), People.FIRST_PASSWORD), People.FIRST_PASSWORD)
                .spec(invalid("new_password"));
    }

    @Test
    void itsTokenLogsOut() {
        People.Person added = People.added(People.owner(), "member");

        given().auth()
                .oauth2(People.login(added.email(), People.FIRST_PASSWORD).accessToken())
                .post("/v1/auth/logout")
                .then()
                .statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin"})
    void whoeverHasNotChangedItIsNotPromoted(String role) {
        // Given
        People.Person owner = People.owner();
        People.Person added = People.added(owner, "member");

        // When
        ValidatableResponse answer = changeRole(owner, added, role);

        // Then
        answer.spec(problem(409, "first-password-unchanged"));
    }

    @Test
    void whoeverHasNotChangedItCanBeDemoted() {
        People.Person owner = People.owner();
        People.Person added = People.added(owner, "owner");

        changeRole(owner, added, "viewer").statusCode(200).body("password_change_required", is(true));
    }

    @Test
    void anOwnerWhoNeverLoggedInIsNoOtherOwner() {
        People.Person owner = People.owner();
        People.added(owner, "owner");

        changeRole(owner, owner, "viewer").spec(problem(409, "last-owner"));
    }

    private static ValidatableResponse change(People.Login login, String next) {
        return given().auth()
                .oauth2(login.accessToken())
                .contentType(ContentType.JSON)
                .body(Map.of("current_password", People.FIRST_PASSWORD, "new_password", next))
                .post("/v1/auth/password")
                .then();
    }

    private static ValidatableResponse changeRole(People.Person by, People.Person user, String role) {
        return given().auth()
                .oauth2(People.login(by).accessToken())
                .contentType(ContentType.JSON)
                .body(Map.of("role", role))
                .put("/v1/auth/users/" + user.id() + "/role")
                .then();
    }

    private static ValidatableResponse whoAmI(People.Login login) {
        return given().auth()
                .oauth2(login.accessToken())
                .get("/v1/auth/user_info")
                .then();
    }
}
