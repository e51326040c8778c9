package io.countinghouse.auth.machine;

import static io.countinghouse.auth.machine.Machines.body;
import static io.countinghouse.auth.machine.Machines.create;
import static io.countinghouse.auth.machine.Machines.token;
import static io.countinghouse.auth.machine.Machines.tokenOf;
import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.countinghouse.auth.People;
import io.countinghouse.auth.TestClock;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ServiceAccountTest {

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
    void anOwnerGetsTheSecretOnceAndTheMachineItsToken() {
        // Given
        People.Person owner = People.owner();

        // When
        JsonPath account = create(tokenOf(owner), body("usage:report"), null)
                .statusCode(201)
                .body("scopes", is(List.of("usage:report")))
                .body("tenant_id", is(owner.tenant().toString()))
                .body("client_secret", startsWith("chs_"))
                .extract()
                .jsonPath();

        // Then
        token(account).statusCode(200).body("scope", is("usage:report"));
        list(tokenOf(owner))
                .body("data.client_id", hasItem(account.getString("client_id")))
                .body("data[0]", not(hasKey("client_secret")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"service", "operator", "owner", "audit:write", "invoices:write", "billing:write", "nonsense"})
    void aTenantGivesNoMoreThanItsOwnScopes(String scope) {
        create(tokenOf(People.owner()), body("usage:report", scope), null).spec(invalid("scopes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "operator"})
    void notEvenTheOperatorGivesRolesToMachines(String scope) {
        create(Tokens.operator(), body(scope), null).spec(invalid("scopes"));
    }

    @Test
    void theOperatorGivesEveryScopeForAllTenants() {
        JsonPath account = create(Tokens.operator(), body("usage:write", "audit:write"), null)
                .statusCode(201)
                .body("tenant_id", nullValue())
                .extract()
                .jsonPath();

        token(account).statusCode(200).body("scope", is("audit:write usage:write"));
    }

    @Test
    void theOperatorMayNameATenant() {
        People.Person owner = People.owner();
        Map<String, Object> body = body("usage:write");
        body.put("tenant_id", owner.tenant().toString());

        create(Tokens.operator(), body, null)
                .statusCode(201)
                .body("tenant_id", is(owner.tenant().toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin"})
    void whoeverIsBilledDoesNotGiveTheRightToWriteTheMeter(String role) {
        String token = Tokens.of(People.owner().tenant(), role);

        create(token, body("usage:read", "usage:write"), null)
                .spec(problem(403, "forbidden"))
                .body("detail", containsString("'usage:write' is given by the operator alone"));
    }

    @Test
    void aTenantCannotRevokeTheMachineThatTheOperatorMadeForIt() {
        // Given
        People.Person owner = People.owner();
        Map<String, Object> body = body("usage:write");
        body.put("tenant_id", owner.tenant().toString());
        JsonPath account = create(Tokens.operator(), body, null).extract().jsonPath();

        // When
        ValidatableResponse refused = revoke(tokenOf(owner), account.getString("id"));

        // Then
        refused.spec(problem(403, "forbidden")).body("detail", containsString("was made by the operator"));
        token(account).statusCode(200);
        revoke(Tokens.operator(), account.getString("id")).statusCode(204);
    }

    @Test
    void aTenantNamesNoOther() {
        Map<String, Object> body = body("usage:read");
        body.put("tenant_id", People.owner().tenant().toString());

        create(tokenOf(People.owner()), body, null).spec(problem(404, "not-found"));
    }

    @Test
    void theSameKeyGivesTheSameAccountWithItsSecret() {
        // Given
        String token = tokenOf(People.owner());
        Map<String, Object> body = body("usage:read");
        String key = UUID.randomUUID().toString();
        String first = create(token, body, key).statusCode(201).extract().asString();

        // When
        ValidatableResponse second = create(token, body, key);

        // Then
        second.statusCode(201).header("Idempotency-Replayed", "true").body(equalTo(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "member", "viewer"})
    void othersMakeNoMachines(String role) {
        create(Tokens.of(UUID.randomUUID(), role), body("usage:read"), null).spec(problem(403, "forbidden"));
    }

    @Test
    void aNameIsNeeded() {
        Map<String, Object> body = body("usage:read");
        body.remove("name");

        create(tokenOf(People.owner()), body, null).spec(invalid("name"));
    }

    @Test
    void scopesAreNeeded() {
        create(tokenOf(People.owner()), body(), null).spec(invalid("scopes"));
    }

    @Test
    void oneSeesTheMachinesOfOnesOwnTenantOnly() {
        // Given
        People.Person owner = People.owner();
        create(tokenOf(owner), body("usage:read"), null).statusCode(201);
        create(tokenOf(People.owner()), body("usage:read"), null).statusCode(201);

        // When
        ValidatableResponse answer = list(tokenOf(owner));

        // Then
        answer.statusCode(200)
                .body("data.size()", is(1))
                .body("data.tenant_id", everyItem(is(owner.tenant().toString())));
    }

    @Test
    void theOperatorSeesAllIncludingTheServices() {
        list(Tokens.operator()).statusCode(200).body("data.client_id", hasItem("usage-service"));
    }

    @Test
    void aRevokedMachineGetsNoTokenAndItsTokenIsAnnouncedAsRevoked() {
        // Given
        String owner = tokenOf(People.owner());
        JsonPath account = create(owner, body("usage:read"), null).extract().jsonPath();

        // When
        revoke(owner, account.getString("id")).statusCode(204);

        // Then
        token(account).statusCode(401).body("error", is("invalid_client"));
        given().auth()
                .oauth2(Tokens.service("usage-service"))
                .get("/v1/auth/revocations?limit=1000")
                .then()
                .body("data.subject", hasItem(account.getString("id")));
        revoke(owner, account.getString("id")).spec(problem(404, "not-found"));
    }

    @Test
    void theListSaysByWhomAMachineWasMadeAndWhenItWasUsed() {
        // Given
        People.Person owner = People.owner();
        JsonPath account =
                create(tokenOf(owner), body("usage:read"), null).extract().jsonPath();
        list(tokenOf(owner)).body("data[0].last_used_at", nullValue());

        // When
        token(account);

        // Then
        list(tokenOf(owner))
                .body("data[0].created_by", is(owner.id().toString()))
                .body("data[0].maker_lost_right", is(false))
                .body("data[0].last_used_at", is(clock.instant().toString()));
    }

    @Test
    void useIsNotedOnceAnHour() {
        // Given
        People.Person owner = People.owner();
        JsonPath account =
                create(tokenOf(owner), body("usage:read"), null).extract().jsonPath();
        token(account);
        String first = clock.instant().toString();

        // When
        clock.advance(Duration.ofMinutes(59));
        token(account);
        String hourly = list(tokenOf(owner)).extract().path("data[0].last_used_at");
        clock.advance(Duration.ofMinutes(2));
        token(account);

        // Then
        assertThat(hourly).isEqualTo(first);
        list(tokenOf(owner)).body("data[0].last_used_at", is(clock.instant().toString()));
    }

    @Test
    void aMachineWhoseMakerIsDemotedIsShownAsSuch() {
        // Given
        People.Person owner = People.owner();
        People.Person admin = People.member(owner, "admin");
        JsonPath account =
                create(tokenOf(admin), body("usage:read"), null).extract().jsonPath();

        // When
        given().auth()
                .oauth2(tokenOf(owner))
                .contentType(ContentType.JSON)
                .body(Map.of("role", "viewer"))
                .put("/v1/auth/users/" + admin.id() + "/role");

        // Then
        list(tokenOf(owner))
                .body("data[0].created_by", is(admin.id().toString()))
                .body("data[0].maker_lost_right", is(true));
        token(account).statusCode(200);
    }

    @Test
    void aDayLaterARepetitionHoldsNoSecret() {
        // Given
        People.Person owner = People.owner();
        Map<String, Object> body = body("usage:read");
        String key = UUID.randomUUID().toString();
        create(tokenOf(owner), body, key);
        clock.advance(Duration.ofHours(25));

        // When
        ValidatableResponse repetition = create(tokenOf(owner), body, key);

        // Then
        repetition.statusCode(201).header("Idempotency-Replayed", "true").body("$", not(hasKey("client_secret")));
    }

    @Test
    void anotherAdminWhoRepeatsTheKeyIsGivenAnotherMachine() {
        // Given
        People.Person owner = People.owner();
        People.Person admin = People.member(owner, "admin");
        Map<String, Object> body = body("usage:read");
        String key = UUID.randomUUID().toString();
        String first = create(tokenOf(owner), body, key).extract().path("client_secret");

        // When
        ValidatableResponse other = create(tokenOf(admin), body, key);

        // Then
        other.statusCode(201).body("client_secret", not(first));
    }

    @Test
    void aMachineOfAnotherTenantIsNotFound() {
        JsonPath account = create(tokenOf(People.owner()), body("usage:read"), null)
                .extract()
                .jsonPath();

        revoke(tokenOf(People.owner()), account.getString("id")).spec(problem(404, "not-found"));

        token(account).statusCode(200);
    }

    private static ValidatableResponse list(String token) {
        return given().auth()
                .oauth2(token)
                .get("/v1/auth/service-accounts?limit=1000")
                .then();
    }

    private static ValidatableResponse revoke(String token, String id) {
        return given().auth()
                .oauth2(token)
                .delete("/v1/auth/service-accounts/" + id)
                .then();
    }
}
