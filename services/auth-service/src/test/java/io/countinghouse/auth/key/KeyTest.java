package io.countinghouse.auth.key;

import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.countinghouse.auth.People;
import io.countinghouse.auth.TestClock;
import io.countinghouse.testing.TestKey;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeyTest {

    @Inject
    TestClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void theKeySetHoldsTheConfiguredKeyAndTheNextOneAndNoSecret() {
        given().get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "public, max-age=300")
                .body("keys.kid", hasItem(TestKey.KEY_ID))
                .body("keys.kty", everyItem(is("RSA")))
                .body("keys.alg", everyItem(is("RS256")))
                .body("keys.use", everyItem(is("sig")))
                .body("keys", everyItem(not(hasKey("d"))));
    }

    @Test
    void discoveryNamesTheEndpoints() {
        given().get("/.well-known/openid-configuration")
                .then()
                .statusCode(200)
                .body("issuer", is("http://localhost:8080"))
                .body("jwks_uri", is("http://localhost:8080/.well-known/jwks.json"))
                .body("token_endpoint", is("http://localhost:8080/v1/auth/token"))
                .body("grant_types_supported", hasItem("client_credentials"))
                .body("id_token_signing_alg_values_supported", is(List.of("RS256")));
    }

    @Test
    void theOperatorSeesTheStatesOfTheKeys() {
        given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/auth/keys")
                .then()
                .statusCode(200)
                .body("data.state", hasItem("ACTIVE"))
                .body("data.state", hasItem("NEXT"));
    }

    @Test
    void aKeyThatVerifiersMayNotKnowYetDoesNotSign() {
        rotate(Tokens.operator()).spec(problem(409, "signing-key-too-young"));
    }

    @Test
    void ownersDoNotRotateKeys() {
        rotate(People.login(People.owner()).accessToken()).spec(problem(403, "forbidden"));
    }

    @Test
    void afterARotationTheNextKeySignsAndTokensOfTheRetiredOneStillHold() {
        // Given
        People.Person owner = People.owner();
        People.Login before = People.login(owner);
        String next = given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/auth/keys")
                .path("data.find { it.state == 'NEXT' }.kid");
        clock.advance(Duration.ofMinutes(16));

        // When
        ValidatableResponse rotated = rotate(Tokens.operator());

        // Then
        rotated.statusCode(200).body("data.state", containsInAnyOrder("RETIRED", "ACTIVE", "NEXT"));
        clock.reset();
        String after = People.login(owner).accessToken();
        assertThat(kidOf(after)).isEqualTo(next).isNotEqualTo(kidOf(before.accessToken()));
        whoAmI(before.accessToken()).statusCode(200);
        whoAmI(after).statusCode(200);
        given().get("/.well-known/jwks.json").then().body("keys.size()", is(3));
    }

    @Test
    void aTokenThatNamesAKeyOfNobodyIsRefused() {
        String token = Tokens.claims("somebody", "operator")
                .jws()
                .header("typ", "at+jwt")
                .keyId("unknown")
                .sign(TestKey.privateKey());

        whoAmI(token).spec(problem(401, "unauthorized"));
    }

    private static ValidatableResponse rotate(String token) {
        return given().auth().oauth2(token).post("/v1/auth/keys/rotate").then();
    }

    private static ValidatableResponse whoAmI(String token) {
        return given().auth().oauth2(token).get("/v1/auth/user_info").then();
    }

    private static String kidOf(String token) {
        String header = new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
        return new JsonObject(header).getString("kid");
    }
}
