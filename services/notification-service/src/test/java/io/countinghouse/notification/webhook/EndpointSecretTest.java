package io.countinghouse.notification.webhook;

import static io.countinghouse.notification.Api.delete;
import static io.countinghouse.notification.Api.get;
import static io.countinghouse.notification.Api.post;
import static io.countinghouse.notification.Api.postWithKey;
import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.notification.MailServer;
import io.countinghouse.notification.TestClock;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class EndpointSecretTest {

    private static final String PATH = "/v1/webhook-endpoints";
    private static final Map<String, Object> ENDPOINT = Map.of("url", "http://localhost:1/hook");

    @Inject
    TestClock clock;

    private final String owner = Tokens.of(UUID.randomUUID(), "owner");

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void moreSecretsAtOnceThanAllowedAreNotPromised() {
        // Given
        String path = PATH + "/" + created() + "/rotate-secret";
        IntStream.range(0, 9).forEach(_ -> post(owner, path, ""));

        // When
        var answer = post(owner, path, "");

        // Then
        answer.spec(problem(409, "too-many-webhook-secrets"));
    }

    @Test
    void aRepeatedRotationGivesTheSameSecret() {
        // Given
        String path = PATH + "/" + created() + "/rotate-secret";
        String secret = postWithKey(owner, "rotate-1", path, "")
                .statusCode(200)
                .extract()
                .path("secret");

        // When
        var again = postWithKey(owner, "rotate-1", path, "");

        // Then
        again.statusCode(200).header("Idempotency-Replayed", "true").body("secret", is(secret));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/rotate-secret"})
    void aDayLaterARepetitionHoldsNoSecret(String operation) {
        // Given
        String path = operation.isEmpty() ? PATH : PATH + "/" + created() + operation;
        Object body = operation.isEmpty() ? ENDPOINT : "";
        String key = UUID.randomUUID().toString();
        postWithKey(owner, key, path, body);
        clock.advance(Duration.ofHours(25));

        // When
        var again = postWithKey(owner, key, path, body);

        // Then
        again.header("Idempotency-Replayed", "true").body("$", not(hasKey("secret")));
    }

    @Test
    void aSecretIsShownOnceAndLooksAsTheStandardSays() {
        // When
        var answer = post(owner, PATH, ENDPOINT);

        // Then
        String id = answer.statusCode(201)
                .body("secret", matchesPattern("whsec_[A-Za-z0-9+/]{43}="))
                .body("enabled", is(true))
                .extract()
                .path("id");
        get(owner, PATH + "/" + id).body("secret", nullValue());
        get(owner, PATH).body("data[0].secret", nullValue());
    }

    @Test
    void theSameKeyRegistersOneEndpointAndItsSecretIsStoredSealed() throws SQLException {
        // Given
        String key = UUID.randomUUID().toString();
        String first = postWithKey(owner, key, PATH, ENDPOINT)
                .statusCode(201)
                .extract()
                .asString();

        // When
        String second = postWithKey(owner, key, PATH, ENDPOINT)
                .statusCode(201)
                .extract()
                .asString();

        // Then
        assertThat(second).isEqualTo(first);
        get(owner, PATH).body("data.size()", is(1));
        assertThat(stored("select string_agg(body, '') from idempotency_key"))
                .doesNotContain(JsonPath.from(first).getString("secret"));
    }

    @Test
    void anEndpointThatWasRotatedTwiceIsDeletedWithItsSecrets() throws SQLException {
        // Given
        String id = created();
        post(owner, PATH + "/" + id + "/rotate-secret", "");
        post(owner, PATH + "/" + id + "/rotate-secret", "");

        // When
        var answer = delete(owner, PATH + "/" + id);

        // Then
        answer.statusCode(204);
        assertThat(stored("select count(*)::varchar from webhook_earlier_secret where endpoint_id = '" + id + "'"))
                .isEqualTo("0");
    }

    private static String stored(String query) throws SQLException {
        try (var connection = TestDatabase.ofApplicationAsOwner();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String created() {
        return post(owner, PATH, ENDPOINT).statusCode(201).extract().path("id");
    }
}
