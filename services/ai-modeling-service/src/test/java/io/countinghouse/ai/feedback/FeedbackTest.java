package io.countinghouse.ai.feedback;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.countinghouse.ai.Stubs;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class FeedbackTest {

    private final UUID tenant = UUID.randomUUID();
    private final String token = Tokens.of(tenant, "viewer");

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void answers() {
        StubService.reset();
        Stubs.fourWeeksOfUsage();
    }

    @Test
    void anOpinionIsTakenAndCounted() {
        // Given
        String generation = generation();
        double before = metrics.counter("ai.feedback").count();

        // When
        ValidatableResponse answer = give(token, body(generation, 4), null);

        // Then
        answer.statusCode(201)
                .body("generation_id", is(generation))
                .body("rating", is(4))
                .body("comment", is("close"))
                .body("tenant_id", is(tenant.toString()));
        assertThat(metrics.counter("ai.feedback").count()).isEqualTo(before + 1);
    }

    @Test
    void aSecondOpinionOfTheSamePersonReplacesTheFirst() {
        // Given
        String generation = generation();
        give(token, body(generation, 4), null).statusCode(201);

        // When
        give(token, body(generation, 1), null).statusCode(201);

        // Then
        list().body("data.rating", is(List.of(1)));
    }

    @Test
    void anotherPersonHasAnOpinionOfTheirOwn() {
        String generation = generation();
        give(token, body(generation, 4), null).statusCode(201);

        give(Tokens.of(tenant, "owner"), body(generation, 2), null).statusCode(201);

        list().body("data.rating", is(List.of(2, 4)));
    }

    @Test
    void theSameKeyGivesTheSameAnswer() {
        String generation = generation();
        String key = UUID.randomUUID().toString();
        String first =
                give(token, body(generation, 4), key).statusCode(201).extract().asString();

        give(token, body(generation, 4), key).statusCode(201).body(equalTo(first));
    }

    @ParameterizedTest
    @CsvSource({"0", "6"})
    void aRatingIsFromOneToFive(int rating) {
        give(token, body(generation(), rating), null).spec(invalid("rating"));
    }

    @Test
    void aGenerationMustBeNamed() {
        Map<String, Object> body = body(generation(), 3);
        body.remove("generation_id");

        give(token, body, null).spec(invalid("generation_id"));
    }

    @Test
    void aGenerationOfAnotherTenantIsNotFound() {
        give(Tokens.of(UUID.randomUUID(), "owner"), body(generation(), 3), null).spec(problem(404, "not-found"));
    }

    @Test
    void anotherTenantsFeedbackIsNotSeen() {
        give(token, body(generation(), 3), null).statusCode(201);

        given().auth()
                .oauth2(Tokens.of(UUID.randomUUID(), "owner"))
                .get("/v1/ai/feedback")
                .then()
                .statusCode(200)
                .body("data.size()", is(0));
    }

    @Test
    void aFirstOpinionThatComesTwiceAtOnceIsKeptOnce() throws Exception {
        // Given
        String generation = generation();
        String person = UUID.randomUUID().toString();
        String token = Tokens.of(tenant, UUID.fromString(person), UUID.randomUUID(), "viewer");
        ValidatableResponse answer;
        try (Connection other = TestDatabase.ofApplicationAsOwner();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            other.createStatement().executeUpdate("""
                    insert into modeling_feedback (id, tenant_id, generation_id, given_by, rating, given_at)
                    values (gen_random_uuid(), '%s', '%s', '%s', 5, now())""".formatted(tenant, generation, person));

            // When
            Future<ValidatableResponse> second = callers.submit(() -> give(token, body(generation, 4), null));
            TestDatabase.awaitWaiting(1);
            other.commit();
            answer = second.get();
        }

        // Then
        answer.spec(problem(409, "feedback-in-flight"));
        list().body("data.rating", is(List.of(5)));
    }

    private String generation() {
        return given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "operation", "forecast",
                        "meter", "tokens",
                        "from", "2026-03-01T00:00:00Z",
                        "to", "2026-03-30T00:00:00Z"))
                .post("/v1/ai/generate")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Map<String, Object> body(String generation, int rating) {
        return new HashMap<>(Map.of("generation_id", generation, "rating", rating, "comment", "close"));
    }

    private static ValidatableResponse give(String token, Map<String, Object> body, String key) {
        var request = given().auth().oauth2(token).contentType(ContentType.JSON).body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/v1/ai/feedback").then();
    }

    private ValidatableResponse list() {
        return given().auth().oauth2(token).get("/v1/ai/feedback").then().statusCode(200);
    }
}
