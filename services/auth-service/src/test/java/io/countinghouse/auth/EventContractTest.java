package io.countinghouse.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is published has the fields that contract/events promises, no more and no fewer. */
@QuarkusTest
class EventContractTest {

    private static final String TYPE = "auth.tenant.created.v1";
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aCreatedTenantIsPublishedAsPromised() throws IOException {
        // When
        People.Person owner = People.owner();

        // Then
        String event =
                await().until(() -> published(owner), Optional::isPresent).orElseThrow();
        JsonNode schema = JSON.readTree(
                Path.of("contract", "events", TYPE + ".schema.json").toFile());
        assertThat(JSON.readTree(event).get("data").propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(schema.get("properties")
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static Optional<String> published(People.Person owner) {
        return StubService.events(TYPE).stream()
                .filter(event -> event.contains(owner.tenant().toString()))
                .findFirst();
    }
}
