package io.countinghouse.ai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is published has the fields that contract/events promises, no more and no fewer. */
@QuarkusTest
class EventContractTest {

    private static final String TYPE = "ai.generation.completed.v1";
    private static final JsonMapper JSON = new JsonMapper();

    private final UUID tenant = UUID.randomUUID();

    @Test
    void aGenerationIsPublishedAsPromised() throws IOException {
        // Given
        StubService.reset();
        Stubs.fourWeeksOfUsage();

        // When
        given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "operation", "forecast",
                        "meter", "tokens",
                        "from", "2026-03-01T00:00:00Z",
                        "to", "2026-03-30T00:00:00Z"))
                .post("/v1/ai/generate")
                .then()
                .statusCode(201);

        // Then
        String event = await().until(this::published, Optional::isPresent).orElseThrow();
        JsonNode schema = JSON.readTree(
                Path.of("contract", "events", TYPE + ".schema.json").toFile());
        assertThat(JSON.readTree(event).get("data").propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(schema.get("properties")
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private Optional<String> published() {
        return StubService.events(TYPE).stream()
                .filter(event -> event.contains(tenant.toString()))
                .findFirst();
    }
}
