package io.countinghouse.ai.generation;

import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.countinghouse.ai.AiTestEnvironment;
import io.countinghouse.ai.Stubs;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An answer that was paid for is given and recorded, whatever becomes of the database or the caller meanwhile. */
@QuarkusTest
class UnrecordedGenerationsTest {

    private static final String QUESTION = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    private final UUID tenant = UUID.randomUUID();

    @TestHTTPResource("/")
    URI server;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void answers() {
        StubService.reset();
        Stubs.completion("Hi there");
    }

    @AfterEach
    void databaseIsBack() throws SQLException {
        owner("grant insert on modeling_output to app_rw");
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 0);
    }

    @Test
    void anAnswerIsGivenWithoutTheDatabaseAndRecordedOnceThatIsBack() throws SQLException {
        // Given
        owner("revoke insert on modeling_output from app_rw");
        String id = complete()
                .statusCode(200)
                .body("id", startsWith("chatcmpl-"))
                .body("choices[0].message.content", is("Hi there"))
                .extract()
                .<String>path("id")
                .substring("chatcmpl-".length());
        double unrecorded = waiting();

        // When
        owner("grant insert on modeling_output to app_rw");

        // Then
        assertThat(unrecorded).isEqualTo(1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> history(id).statusCode(200).body("usage.input_tokens", is(19)));
        await().untilAsserted(() -> assertThat(StubService.events("ai.generation.completed.v1"))
                .filteredOn(event -> event.contains(id))
                .singleElement()
                .asString()
                .contains("\"input_tokens\":19", "\"output_tokens\":10"));
        assertThat(waiting()).isZero();
    }

    @Test
    void whileManyWaitToBeRecordedNoMoreIsPaidFor() throws SQLException {
        // Given
        manyWait();

        // When
        ValidatableResponse refused = complete();

        // Then
        refused.statusCode(503).body("error.code", is("generations-unrecorded")).header("Retry-After", "5");
        assertThat(StubService.requests("POST", AiTestEnvironment.COMPLETIONS)).hasSize(UnrecordedGenerations.MOST);
    }

    @Test
    void whileManyWaitToBeRecordedGenerateRefusesToo() throws SQLException {
        // Given
        manyWait();

        // When
        ValidatableResponse refused = given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .contentType(ContentType.JSON)
                .body("{\"operation\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}")
                .post("/v1/ai/generate")
                .then();

        // Then
        refused.spec(problem(503, "generations-unrecorded")).header("Retry-After", "5");
    }

    private void manyWait() throws SQLException {
        owner("revoke insert on modeling_output from app_rw");
        for (int i = 0; i < UnrecordedGenerations.MOST; i++) {
            complete();
        }
    }

    @Test
    void anAnswerIsRecordedWhenItsCallerHasHungUp() throws Exception {
        // Given
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch hungUp = new CountDownLatch(1);
        Stubs.completion(request -> {
            asked.countDown();
            waitFor(hungUp);
        });

        // When
        try (Socket caller = new Socket(server.getHost(), server.getPort())) {
            caller.getOutputStream().write(request().getBytes(StandardCharsets.UTF_8));
            waitFor(asked);
        }
        hungUp.countDown();

        // Then
        await().untilAsserted(() -> assertThat(StubService.events("ai.generation.completed.v1"))
                .anyMatch(event -> event.contains(tenant.toString())));
    }

    private String request() {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Tokens.of(tenant, "owner") + "\r\nContent-Type: application/json\r\nContent-Length: "
                + QUESTION.length() + "\r\n\r\n" + QUESTION;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private double waiting() {
        return metrics.get("ai.generations.unrecorded").gauge().value();
    }

    private ValidatableResponse complete() {
        return given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .contentType(ContentType.JSON)
                .body(QUESTION)
                .post("/v1/chat/completions")
                .then();
    }

    private ValidatableResponse history(String id) {
        return given().auth()
                .oauth2(Tokens.of(tenant, "viewer"))
                .get("/v1/ai/history/" + id)
                .then();
    }

    private static void owner(String sql) throws SQLException {
        try (var database = TestDatabase.ofApplicationAsOwner();
                var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
