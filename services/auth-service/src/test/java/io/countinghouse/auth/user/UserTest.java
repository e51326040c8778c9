package io.countinghouse.auth.user;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.countinghouse.auth.AuthTestEnvironment;
import io.countinghouse.auth.People;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UserTest {

    @Test
    void aUserLearnsWhoTheyAre() {
        People.Person owner = People.owner();

        given().auth()
                .oauth2(People.login(owner).accessToken())
                .get("/v1/auth/user_info")
                .then()
                .statusCode(200)
                .body("sub", is(owner.id().toString()))
                .body("email", is(owner.email()))
                .body("name", is("Ada"))
                .body("role", is("owner"))
                .body("tenant.id", is(owner.tenant().toString()))
                .body("tenant.name", is("Azure Sky"));
    }

    @Test
    void theOperatorHasNoTenant() {
        given().auth()
                .oauth2(operator())
                .get("/v1/auth/user_info")
                .then()
                .statusCode(200)
                .body("role", is("operator"))
                .body("$", not(hasKey("tenant")));
    }

    @Test
    void aMachineIsNoUser() {
        given().auth()
                .oauth2(Tokens.service("usage-service"))
                .get("/v1/auth/user_info")
                .then()
                .spec(problem(403, "forbidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin"})
    void ownersAndAdminsCreateUsersWhoCanLogIn(String role) {
        // Given
        People.Person owner = People.owner();
        People.Person creator = role.equals("owner") ? owner : People.member(owner, role);
        Map<String, Object> body = body("viewer");

        // When
        ValidatableResponse answer = create(creator, body);

        // Then
        answer.statusCode(201)
                .body("role", is("viewer"))
                .body("tenant_id", is(owner.tenant().toString()));
        People.tryLogin((String) body.get("email"), People.PASSWORD).statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "member", "viewer"})
    void othersMayNotCreateUsers(String role) {
        create(People.member(People.owner(), role), body("viewer")).spec(problem(403, "forbidden"));
    }

    @Test
    void anAdminMakesNoOwner() {
        create(People.member(People.owner(), "admin"), body("owner")).spec(problem(403, "forbidden"));
    }

    @Test
    void anEmailAddressOfAnotherTenantIsTakenToo() {
        Map<String, Object> body = body("viewer");
        body.put("email", People.owner().email());

        create(People.owner(), body).spec(problem(409, "email-taken"));
    }

    @Test
    void theSameKeyGivesTheSameUser() {
        // Given
        String token = People.login(People.owner()).accessToken();
        Map<String, Object> body = body("viewer");
        String key = UUID.randomUUID().toString();
        String first = create(token, body, key).statusCode(201).extract().asString();

        // When
        ValidatableResponse second = create(token, body, key);

        // Then
        second.statusCode(201).body(equalTo(first));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "role, operator",
                "role, null",
                "email, x",
                "email, x@localhost",
                "name, ''",
                "name, '\u200b'",
                "name, 'a\u202eb'",
                "password, null"
            })
    void whatIsMissingOrMalformedIsNamed(String field, String value) {
        Map<String, Object> body = body("viewer");
        body.put(field, value);

        create(People.owner(), body).spec(invalid(field));
    }

    @Test
    void anotherTenantCannotBeNamed() {
        Map<String, Object> body = body("viewer");
        body.put("tenant_id", People.owner().tenant().toString());

        create(People.owner(), body).spec(problem(404, "not-found"));
    }

    @Test
    void theOperatorNamesTheTenantOfANewUser() {
        People.Person owner = People.owner();
        Map<String, Object> body = body("billing");
        body.put("tenant_id", owner.tenant().toString());

        create(operator(), body, null)
                .statusCode(201)
                .body("tenant_id", is(owner.tenant().toString()));
    }

    @Test
    void theOperatorCannotNameATenantThatIsNot() {
        Map<String, Object> body = body("billing");
        body.put("tenant_id", UUID.randomUUID().toString());

        create(operator(), body, null).spec(problem(404, "not-found"));
    }

    @Test
    void oneSeesThePeopleOfOnesOwnTenantOnly() {
        // Given
        People.Person owner = People.owner();
        People.Person viewer = People.member(owner, "viewer");
        People.Person stranger = People.owner();

        // When
        ValidatableResponse answer = given().auth()
                .oauth2(People.login(viewer).accessToken())
                .get("/v1/auth/users")
                .then();

        // Then
        answer.statusCode(200)
                .body("data.size()", is(2))
                .body("data.id[0]", is(viewer.id().toString()))
                .body("data.tenant_id", everyItem(is(owner.tenant().toString())))
                .body("data.id", not(hasItem(stranger.id().toString())));
    }

    @Test
    void theOperatorMustNameTheTenantToList() {
        given().auth().oauth2(operator()).get("/v1/auth/users").then().spec(invalid("tenant_id"));
    }

    @Test
    void usersComeInPages() {
        People.Person owner = People.owner();
        People.member(owner, "viewer");
        String token = People.login(owner).accessToken();
        String next = given().auth().oauth2(token).get("/v1/auth/users?limit=1").path("next");

        given().auth()
                .oauth2(token)
                .get("/v1/auth/users?limit=1&after=" + next)
                .then()
                .statusCode(200)
                .body("data.id", is(java.util.List.of(owner.id().toString())));
    }

    @Test
    void aChangeOfRoleEndsTheSessionsAndHoldsFromTheNextLogin() {
        // Given
        People.Person owner = People.owner();
        People.Person member = People.member(owner, "member");
        People.Login before = People.login(member);

        // When
        changeRole(owner, member.id(), "admin").statusCode(200).body("role", is("admin"));

        // Then
        given().auth()
                .oauth2(before.accessToken())
                .get("/v1/auth/user_info")
                .then()
                .statusCode(401);
        People.refresh(before.refreshToken()).statusCode(401);
        given().auth()
                .oauth2(People.login(member).accessToken())
                .get("/v1/auth/user_info")
                .then()
                .statusCode(200)
                .body("role", is("admin"));
    }

    @Test
    void theLastOwnerStays() {
        People.Person owner = People.owner();

        changeRole(owner, owner.id(), "viewer").spec(problem(409, "last-owner"));
    }

    @Test
    void oneOfTwoOwnersMayStepDown() {
        People.Person owner = People.owner();
        People.member(owner, "owner");

        changeRole(owner, owner.id(), "viewer").statusCode(200);
    }

    @Test
    void aHandOverIsAnnouncedToTheServicesThatWriteToTheTenant() {
        // Given
        People.Person owner = People.owner();
        People.Person next = People.member(owner, "owner");

        // When
        changeRole(next, owner.id(), "viewer").statusCode(200);

        // Then
        await().untilAsserted(() -> assertThat(StubService.events("auth.tenant.contact_changed.v1"))
                .filteredOn(event -> event.contains(owner.tenant().toString()))
                .hasSize(2)
                .allMatch(event -> event.contains("\"former_email\":\"" + owner.email() + "\"")
                        && event.contains("\"owner_email\":\"" + next.email() + "\"")
                        && event.contains("\"owner_name\":\"Some Body\"")));
    }

    @Test
    void anOwnerWhoIsNotWrittenToStepsDownWithoutNews() {
        // Given
        People.Person owner = People.owner();
        People.Person next = People.member(owner, "owner");

        // When
        changeRole(owner, next.id(), "viewer").statusCode(200);

        // Then
        await().untilAsserted(() -> assertThat(StubService.events("countinghouse.audit.recorded.v1"))
                .anyMatch(event -> event.contains("\"user.role_changed\"")
                        && event.contains(next.id().toString())));
        assertThat(StubService.events("auth.tenant.contact_changed.v1"))
                .noneMatch(event -> event.contains(owner.tenant().toString()));
    }

    @Test
    void anAdminDoesNotTouchOwners() {
        People.Person owner = People.owner();
        People.Person admin = People.member(owner, "admin");

        changeRole(admin, owner.id(), "viewer").spec(problem(403, "forbidden"));
    }

    @Test
    void aMemberChangesNoRoles() {
        People.Person owner = People.owner();
        People.Person member = People.member(owner, "member");

        changeRole(member, member.id(), "owner").spec(problem(403, "forbidden"));
    }

    @Test
    void aUserOfAnotherTenantIsNotFound() {
        changeRole(People.owner(), People.owner().id(), "viewer").spec(problem(404, "not-found"));
    }

    @Test
    void anUnknownRoleIsRefused() {
        People.Person owner = People.owner();

        changeRole(owner, owner.id(), "operator").spec(invalid("role"));
    }

    private static String operator() {
        return People.login(AuthTestEnvironment.OPERATOR_EMAIL, AuthTestEnvironment.OPERATOR_PASSWORD)
                .accessToken();
    }

    private static Map<String, Object> body(String role) {
        return new HashMap<>(Map.of(
                "email",
                role + "-" + UUID.randomUUID() + "@example.com",
                "name",
                "Some Body",
                "role",
                role,
                "password",
                People.PASSWORD));
    }

    private static ValidatableResponse create(People.Person creator, Map<String, Object> body) {
        return create(People.login(creator).accessToken(), body, null);
    }

    private static ValidatableResponse create(String token, Map<String, Object> body, String key) {
        var request = given().auth().oauth2(token).contentType(ContentType.JSON).body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/v1/auth/users").then();
    }

    private static ValidatableResponse changeRole(People.Person by, UUID user, String role) {
        return given().auth()
                .oauth2(People.login(by).accessToken())
                .contentType(ContentType.JSON)
                .body(Map.of("role", role))
                .put("/v1/auth/users/" + user + "/role")
                .then();
    }
}
