package io.countinghouse.auth.session;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.countinghouse.auth.AuthTestEnvironment;
import io.countinghouse.auth.People;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class LoginTest {

    @Inject
    MeterRegistry metrics;

    @Test
    void theRightPasswordGivesATokenPairThatNobodyCaches() {
        People.Person owner = People.owner();

        People.tryLogin(owner.email(), People.PASSWORD)
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", is("Bearer"))
                .body("expires_in", is(900))
                .body("access_token", notNullValue())
                .body("refresh_token", notNullValue());
    }

    @Test
    void theAccessTokenSaysWhoAndWhat() {
        // Given
        People.Person owner = People.owner();

        // When
        String token = People.login(owner).accessToken();

        // Then
        JsonObject header = part(token, 0);
        assertThat(header.getString("alg")).isEqualTo("RS256");
        assertThat(header.getString("typ")).isEqualTo("at+jwt");
        assertThat(header.getString("kid")).isNotBlank();
        JsonObject claims = part(token, 1);
        assertThat(claims.getString("iss")).isEqualTo("http://localhost:8080");
        assertThat(claims.getValue("aud")).isEqualTo("countinghouse");
        assertThat(claims.getString("sub")).isEqualTo(owner.id().toString());
        assertThat(claims.getString("tenant_id")).isEqualTo(owner.tenant().toString());
        assertThat(claims.getString("sid")).isNotBlank();
        assertThat(claims.getString("email")).isEqualTo(owner.email());
        assertThat(claims.getJsonArray("groups")).isEqualTo(new JsonArray().add("owner"));
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(900);
    }

    @Test
    void theOperatorOfTheConfigurationBelongsToNoTenant() {
        String token = People.login(AuthTestEnvironment.OPERATOR_EMAIL, AuthTestEnvironment.OPERATOR_PASSWORD)
                .accessToken();

        JsonObject claims = part(token, 1);
        assertThat(claims.containsKey("tenant_id")).isFalse();
        assertThat(claims.getJsonArray("groups")).isEqualTo(new JsonArray().add("operator"));
    }

    @Test
    void theEmailAddressMayBeCapitalisedOtherwise() {
        People.Person owner = People.owner();

        People.tryLogin(owner.email().toUpperCase(Locale.ROOT), People.PASSWORD).statusCode(200);
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressGetTheSameAnswer() {
        People.Person owner = People.owner();
        String wrong = People.tryLogin(owner.email(), "not the right password")
                .spec(problem(401, "invalid-credentials"))
                .extract()
                .asString();

        String unknown = People.tryLogin(unknownEmail(), "not the right password")
                .spec(problem(401, "invalid-credentials"))
                .extract()
                .asString();

        assertThat(unknown).isEqualTo(wrong);
    }

    @Test
    void anUnknownAddressCostsAHashToo() {
        long before = hashes();

        People.tryLogin(unknownEmail(), "not the right password").statusCode(401);

        assertThat(hashes() - before).isEqualTo(1);
    }

    @Test
    void loginsAndTokensAreCounted() {
        People.Person owner = People.owner();
        double logins = metrics.counter("auth.logins").count();
        double tokens = metrics.counter("auth.tokens.issued").count();

        People.login(owner);

        assertThat(metrics.counter("auth.logins").count()).isEqualTo(logins + 1);
        assertThat(metrics.counter("auth.tokens.issued").count()).isEqualTo(tokens + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "password"})
    void whatIsMissingIsNamed(String field) {
        Map<String, Object> body = new HashMap<>(Map.of("email", "a@b.example", "password", "x"));
        body.remove(field);

        given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/auth/login")
                .then()
                .spec(invalid(field));
    }

    private long hashes() {
        return metrics.timer("auth.password.hash").count();
    }

    private static String unknownEmail() {
        return "nobody-" + UUID.randomUUID() + "@example.com";
    }

    private static JsonObject part(String token, int index) {
        return new JsonObject(
                new String(Base64.getUrlDecoder().decode(token.split("\\.")[index]), StandardCharsets.UTF_8));
    }
}
