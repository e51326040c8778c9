package io.countinghouse.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What each service does with requests and tokens before an operation sees them. Tried on the two operations that all seven
 * have: the inbox and the dead letters.
 */
abstract class FrontDoorContract {

    @TestHTTPResource("/")
    URI server;

    @TestFactory
    Stream<DynamicTest> whatIsNoRequestIsAProblem() {
        return Stream.of(
                        "GET /v1/dead-letters?after=%00 HTTP/1.1\r\nHost: localhost\r\n",
                        "GET /v1/dead-letters?after=%ED%A0%80 HTTP/1.1\r\nHost: localhost\r\n",
                        "GET /v1/dead-letters HTTP/1.1\r\nHost: localhost\r\nHost: other.example\r\n",
                        "GET /v1/dead-letters HTTP/1.1\r\nHost: a@b:99999\r\n")
                .map(header -> DynamicTest.dynamicTest(header.lines().toList().toString(), () -> {
                    String answer = RawHttp.exchange(server, header + "Connection: close\r\n\r\n");

                    assertThat(answer)
                            .startsWith("HTTP/1.1 400 ")
                            .containsIgnoringCase("content-type: application/problem+json")
                            .contains("malformed-request");
                }));
    }

    /** Refused before anybody asks whether the event is known: no half of a character may become a question mark. */
    @TestFactory
    Stream<DynamicTest> aTextThatNothingCanKeepIsRefusedWhereverItStands() {
        return Stream.of(
                        "\"id\":\"a\\ud800\",\"data\":{}",
                        "\"id\":\"a\\u0000\",\"data\":{}",
                        "\"id\":\"1\",\"data\":{\"x\":[\"\\udc00\"]}")
                .map(members -> DynamicTest.dynamicTest(
                        members,
                        () -> given().auth()
                                .oauth2(Tokens.service("test-service"))
                                .contentType("application/cloudevents+json")
                                .body(
                                        "{\"specversion\":\"1.0\",\"source\":\"test-service\",\"type\":\"no.such.type.v1\","
                                                + "\"time\":\"2026-01-01T00:00:00Z\"," + members + "}")
                                .when()
                                .post("/v1/inbox")
                                .then()
                                .spec(Problems.problem(400, "validation"))));
    }

    @Test
    void noBrowserGuessesTheTypeOfAnAnswerAndNoCacheKeepsIt() {
        given().auth()
                .oauth2(Tokens.operator())
                .when()
                .get("/v1/dead-letters")
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store");
    }

    @Test
    void aBodyThatIsTooLargeIsAProblem() {
        given().auth()
                .oauth2(Tokens.service("test-service"))
                .contentType("application/cloudevents+json")
                .body(new byte[6 * 1024 * 1024])
                .when()
                .post("/v1/inbox")
                .then()
                .spec(Problems.problem(413, "content-too-large"));
    }

    @Test
    void aRefusalSaysWhyTheTokenWasNotTaken() {
        String expired = Tokens.sign(Tokens.claims(UUID.randomUUID().toString(), "operator")
                .issuedAt(1_600_000_000)
                .expiresAt(1_600_000_900));

        given().auth()
                .oauth2(expired)
                .when()
                .get("/v1/dead-letters")
                .then()
                .spec(Problems.problem(401, "unauthorized"))
                .header(
                        "WWW-Authenticate",
                        "Bearer error=\"invalid_token\", error_description=\"The access token has expired\"");
    }

    @Test
    void aTokenWithPaddingIsRefused() {
        given().auth()
                .oauth2(Tokens.operator() + "==")
                .when()
                .get("/v1/dead-letters")
                .then()
                .spec(Problems.problem(401, "unauthorized"));
    }

    @Test
    void aRefusedRequestIsToldToTheAuditLog() throws SQLException {
        String tenant = UUID.randomUUID().toString();

        given().auth()
                .oauth2(Tokens.of(UUID.fromString(tenant), "viewer"))
                .when()
                .get("/v1/dead-letters")
                .then()
                .spec(Problems.problem(403, "forbidden"));

        assertThat(denialsOf(tenant)).containsExactly("GET /v1/dead-letters");
    }

    private static List<String> denialsOf(String tenant) throws SQLException {
        List<String> found = new ArrayList<>();
        try (var database = TestDatabase.ofApplicationAsOwner();
                var query = database.prepareStatement("select data ->> 'resource_id' from outbox_event"
                        + " where tenant_id = cast(? as uuid) and data ->> 'outcome' = 'denied'")) {
            query.setString(1, tenant);
            var rows = query.executeQuery();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Test
    void aTokenThatIsNotAnAccessTokenIsRefused() {
        String idToken = Tokens.claims(UUID.randomUUID().toString(), "operator")
                .jws()
                .keyId(TestKey.KEY_ID)
                .sign(TestKey.privateKey());

        given().auth()
                .oauth2(idToken)
                .when()
                .get("/v1/dead-letters")
                .then()
                .spec(Problems.problem(401, "unauthorized"));
    }

    @Test
    void aTokenOfAnotherIssuerOrAudienceIsRefused() {
        String foreign = Tokens.sign(
                Tokens.claims(UUID.randomUUID().toString(), "operator").audience("somebody-else"));

        given().auth()
                .oauth2(foreign)
                .when()
                .get("/v1/dead-letters")
                .then()
                .spec(Problems.problem(401, "unauthorized"));
    }

    @Test
    void aBodyThatIsNullIsNamedAsTheBody() {
        given().auth()
                .oauth2(Tokens.service("test-service"))
                .contentType("application/cloudevents+json")
                .body("null")
                .when()
                .post("/v1/inbox")
                .then()
                .spec(Problems.invalid("body"));
    }

    @Test
    void aFilterThatIsGivenTwiceIsRefused() {
        given().auth()
                .oauth2(Tokens.operator())
                .when()
                .get("/v1/dead-letters?limit=1&limit=2")
                .then()
                .spec(Problems.invalid("limit"));
    }
}
