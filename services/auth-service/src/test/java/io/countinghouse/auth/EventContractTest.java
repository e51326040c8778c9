package io.countinghouse.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is published has the fields that contract/events promises, no more and no fewer. */
@QuarkusTest
class EventContractTest {

    private static final String CREATED = "auth.tenant.created.v1";
    private static final String CONTACT_CHANGED = "auth.tenant.contact_changed.v1";
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aCreatedTenantIsPublishedAsPromised() throws IOException {
        // When
        People.Person owner = People.owner();

        // Then
        assertThatItIsAsPromised(CREATED, owner);
    }

    @Test
    void aChangedContactIsPublishedAsPromised() throws IOException {
        // Given
        People.Person owner = People.owner();
        String next = People.login(People.member(owner, "owner")).accessToken();

        // When
        given().auth()
                .oauth2(next)
                .contentType(ContentType.JSON)
                .body(Map.of("role", "viewer"))
                .put("/v1/auth/users/" + owner.id() + "/role");

        // Then
        assertThatItIsAsPromised(CONTACT_CHANGED, owner);
    }

    private static void assertThatItIsAsPromised(String type, People.Person owner) throws IOException {
        String event =
                await().until(() -> published(type, owner), Optional::isPresent).orElseThrow();
        JsonNode schema = JSON.readTree(
                Path.of("contract", "events", type + ".schema.json").toFile());
        assertThat(JSON.readTree(event).get("data").propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(schema.get("properties")
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static Optional<String> published(String type, People.Person owner) {
        return StubService.events(type).stream()
                .filter(event -> event.contains(owner.tenant().toString()))
                .findFirst();
    }
}
