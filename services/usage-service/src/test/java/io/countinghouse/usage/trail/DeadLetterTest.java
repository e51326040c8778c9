package io.countinghouse.usage.trail;

import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.event;
import static io.countinghouse.usage.UsageRequests.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countinghouse.testing.StubService;
import io.countinghouse.testing.StubService.Answer;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of events that a receiver refuses, fails on, or is not there to take. */
@QuarkusTest
class DeadLetterTest {

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");
    private final String sender = Tokens.scoped(tenant, "usage:write");

    private final AtomicInteger taken = new AtomicInteger();

    @AfterEach
    void takeEverythingAgain() {
        StubService.reset();
    }

    @Test
    void whatIsRefusedBecomesADeadLetterThatAnOperatorSendsAgain() {
        // Given
        receiverAnswers(422);
        post(sender, EVENT, event("x", "poison", "2026-01-05T10:00:00Z", Map.of()));
        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        String letter = given().auth()
                .oauth2(Tokens.operator())
                .when()
                .get("/v1/dead-letters?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("data.find { it.tenant_id == '" + tenant + "' }.id");
        int attempts = deliveries();
        receiverAnswers(204);

        // When
        given().auth()
                .oauth2(Tokens.operator())
                .when()
                .post("/v1/dead-letters/" + letter + "/retry")
                .then()
                .statusCode(202);

        // Then
        assertThat(attempts).isEqualTo(5);
        await().untilAsserted(() -> assertThat(deliveries()).isEqualTo(6));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aReceiverThatIsAwayIsWaitedFor() {
        // Given
        receiverAnswers(503);
        post(sender, EVENT, event("x", "patient", "2026-01-05T10:00:00Z", Map.of()));
        await().untilAsserted(() -> assertThat(deliveries()).isGreaterThan(6));

        // When
        receiverAnswers(204);

        // Then
        await().untilAsserted(() -> assertThat(taken).hasValue(1));
        assertThat(deadLetters()).isEmpty();
    }

    private void receiverAnswers(int status) {
        StubService.on("POST", "/v1/inbox", request -> {
            boolean isOurs = request.body().contains(tenant.toString());
            if (isOurs && status == 204) {
                taken.incrementAndGet();
            }
            return new Answer(isOurs ? status : 204, null);
        });
    }

    private int deliveries() {
        return (int) StubService.requests("POST", "/v1/inbox").stream()
                .filter(request -> request.body().contains(tenant.toString()))
                .count();
    }

    private List<String> deadLetters() {
        return given().auth()
                .oauth2(Tokens.operator())
                .when()
                .get("/v1/dead-letters?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data.findAll { it.tenant_id == '" + tenant + "' }.id");
    }
}
