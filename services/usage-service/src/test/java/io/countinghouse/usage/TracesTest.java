package io.countinghouse.usage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.countinghouse.testing.TraceCollector;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** With an OTLP endpoint, as an installation configures it. */
@QuarkusTest
@TestProfile(TracesTest.WithACollector.class)
class TracesTest {

    @Test
    void aRequestArrivesAtTheCollectorInTheTraceItCameWith() {
        // Given
        String trace = UUID.randomUUID().toString().replace("-", "");
        // When
        given().auth()
                .oauth2(Tokens.operator())
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .when()
                .get("/v1/usage/meters")
                .then()
                .statusCode(200);
        // Then
        await().until(() -> TraceCollector.has(trace, "usage-service"));
    }

    /** Nobody looks into the outbox by the clock here: the commit says that there is something, a failure when to retry. */
    @Test
    void whatIsCommittedIsDeliveredInItsTraceAndAgainWhenTheReceiverFails() {
        // Given
        String trace = UUID.randomUUID().toString().replace("-", "");
        String key = "m" + trace;
        AtomicInteger deliveries = new AtomicInteger();
        StubService.on(
                "POST",
                "/v1/inbox",
                request -> new StubService.Answer(
                        request.body().contains(key) && deliveries.incrementAndGet() == 1 ? 503 : 204, null));
        // When
        given().auth()
                .oauth2(Tokens.operator())
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .contentType("application/json")
                .body(UsageRequests.meterBody(key, "count", null))
                .when()
                .post("/v1/usage/meters")
                .then()
                .statusCode(201);
        // Then
        await().until(() -> deliveries.get() == 2);
        assertThat(StubService.requests("POST", "/v1/inbox"))
                .filteredOn(request -> request.body().contains(key))
                .extracting(request -> request.headers().get("Traceparent").getFirst())
                .hasSize(2)
                .allMatch(parent -> parent.startsWith("00-" + trace + "-"));
    }

    public static class WithACollector implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("countinghouse.events.poll-interval", "24h");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(TraceCollector.class));
        }
    }
}
