package io.countinghouse.auth.machine;

import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.countinghouse.auth.AuthTestEnvironment;
import io.countinghouse.testing.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TokenTest {

    @TestHTTPResource("/")
    URI server;

    private static final String CLIENT = "usage-service";
    private static final String SECRET = AuthTestEnvironment.SERVICE_SECRET;

    @Test
    void aConfiguredServiceGetsATokenWithItsRole() {
        String token = basic(SECRET)
                .formParam("grant_type", "client_credentials")
                .post("/v1/auth/token")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", is("Bearer"))
                .body("expires_in", is(900))
                .body("scope", is("service"))
                .body("access_token", notNullValue())
                .extract()
                .path("access_token");

        given().auth().oauth2(token).get("/v1/auth/revocations").then().statusCode(200);
    }

    @Test
    void theClientMayAuthenticateInTheBody() {
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", CLIENT)
                .formParam("client_secret", SECRET)
                .post("/v1/auth/token")
                .then()
                .statusCode(200);
    }

    @Test
    void aWrongSecretIsAnInvalidClient() {
        ValidatableResponse answer = basic("wrong")
                .formParam("grant_type", "client_credentials")
                .post("/v1/auth/token")
                .then();

        answer.statusCode(401)
                .contentType("application/json")
                .header("WWW-Authenticate", startsWith("Basic"))
                .body("error", is("invalid_client"));
    }

    @Test
    void anUnknownClientIsAnInvalidClient() {
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "nobody")
                .formParam("client_secret", SECRET)
                .post("/v1/auth/token")
                .then()
                .statusCode(401)
                .body("error", is("invalid_client"));
    }

    @Test
    void noAuthenticationIsAnInvalidClient() {
        given().formParam("grant_type", "client_credentials")
                .post("/v1/auth/token")
                .then()
                .statusCode(401)
                .body("error", is("invalid_client"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type=%", "a=%zz", "client_id=50%&grant_type=client_credentials&client_secret=y"})
    void aFormThatCannotBeReadIsAnInvalidRequest(String form) throws IOException {
        // When
        String answer = send("application/x-www-form-urlencoded", form);

        // Then
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"error\":\"invalid_request\"");
    }

    @Test
    void aFormOfAMegabyteIsAnInvalidRequest() {
        // When
        ValidatableResponse answer = given().contentType("application/x-www-form-urlencoded")
                .body("a".repeat(1_000_000))
                .post("/v1/auth/token")
                .then();

        // Then
        answer.statusCode(400).body("error", is("invalid_request"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded; charset='utf-8'",
                "application/x-www-form-urlencoded; charset=",
                "",
                "x"
            })
    void aContentTypeThatIsNoneIsRefused(String contentType) throws IOException {
        // When
        String answer = send(contentType, "grant_type=x");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 415 ");
    }

    private String send(String contentType, String form) throws IOException {
        return RawHttp.exchange(
                server,
                "POST /v1/auth/token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + contentType
                        + "\r\nContent-Length: " + form.length() + "\r\n\r\n" + form);
    }

    @Test
    void aBearerTokenThatComesAlongIsIgnored() {
        // When
        ValidatableResponse answer = given().header("Authorization", "Bearer x.e30.x")
                .formParam("grant_type", "client_credentials")
                .formParam("client_id", CLIENT)
                .formParam("client_secret", SECRET)
                .post("/v1/auth/token")
                .then();

        // Then
        answer.statusCode(200);
    }

    @Test
    void anotherGrantIsUnsupported() {
        basic(SECRET)
                .formParam("grant_type", "password")
                .post("/v1/auth/token")
                .then()
                .statusCode(400)
                .body("error", is("unsupported_grant_type"));
    }

    @Test
    void aMissingGrantIsAnInvalidRequest() {
        basic(SECRET)
                .formParam("scope", "service")
                .post("/v1/auth/token")
                .then()
                .statusCode(400)
                .body("error", is("invalid_request"));
    }

    @Test
    void aScopeTheAccountDoesNotHaveIsInvalid() {
        basic(SECRET)
                .formParam("grant_type", "client_credentials")
                .formParam("scope", "operator")
                .post("/v1/auth/token")
                .then()
                .statusCode(400)
                .body("error", is("invalid_scope"));
    }

    @Test
    void aServiceWithoutAConfiguredSecretHasNoAccount() {
        given().formParam("grant_type", "client_credentials")
                .formParam("client_id", "billing-service")
                .formParam("client_secret", "")
                .post("/v1/auth/token")
                .then()
                .statusCode(401);
    }

    @Test
    void jsonIsNotWhatAnOauthClientSends() {
        given().contentType("application/json")
                .body("{\"grant_type\":\"client_credentials\"}")
                .post("/v1/auth/token")
                .then()
                .spec(problem(415, "unsupported-media-type"));
    }

    private static RequestSpecification basic(String secret) {
        return given().auth().preemptive().basic(CLIENT, URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }
}
