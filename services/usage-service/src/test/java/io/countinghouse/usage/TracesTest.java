package io.countinghouse.usage;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.countinghouse.testing.Tokens;
import io.countinghouse.testing.TraceCollector;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.UUID;
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

    public static class WithACollector implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(TraceCollector.class));
        }
    }
}
