package io.countinghouse.billing;

import static io.countinghouse.billing.Billing.close;
import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.plan;
import static io.countinghouse.billing.Billing.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is published has the fields that contract/events promises, no more and no fewer. */
@QuarkusTest
class EventContractTest {
    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void aClosedPeriodIsPublishedAsPromised() throws IOException {
        // Given
        Billing.usage(Map.of("input_tokens", "18059974", "output_tokens", "245896", "requests", "8819"));
        UUID id = subscription(
                tenant,
                plan(Billing.DEMO_PRICES),
                Instant.parse("2023-11-01T00:00:00Z"),
                Instant.parse("2023-12-01T00:00:00Z"));
        // When
        close(id).body("data", hasSize(1));
        // Then
        JsonNode data = published("billing.period.closed.v1");
        JsonNode schema = schema("billing.period.closed.v1");
        assertSameFields(data, schema);
        assertSameFields(data.get("customer"), schema.at("/properties/customer"));
        assertSameFields(data.get("lines").get(1), schema.at("/properties/lines/items"));
        assertSameFields(data.get("lines").get(1).get("breakdown").get(0), schema.at("/$defs/part"));
    }

    @Test
    void aBlockedChargeIsPublishedAsPromised() throws IOException {
        // Given
        UUID id = subscription(
                tenant,
                plan(Billing.DEMO_PRICES),
                Instant.parse("2023-11-01T00:00:00Z"),
                Instant.parse("2023-12-01T00:00:00Z"));
        Billing.usage(Map.of("input_tokens", "-1", "output_tokens", "245896", "requests", "8819"));
        // When
        close(id).body("data", hasSize(1));
        // Then
        JsonNode data = published("billing.charge.blocked.v1");
        JsonNode schema = schema("billing.charge.blocked.v1");
        assertSameFields(data, schema);
        assertSameFields(data.get("charges").get(0), schema.at("/properties/charges/items"));
    }

    @Test
    void aChangedSubscriptionIsPublishedAsPromised() throws IOException {
        // When
        subscription(tenant, flatPlan("1.00"), Instant.now(), null);
        // Then
        assertSameFields(published("billing.subscription.changed.v1"), schema("billing.subscription.changed.v1"));
    }

    @Test
    void anAlertIsPublishedAsPromised() throws IOException {
        // Given
        Billing.usage(Map.of("tokens", "5"));
        subscription(tenant, flatPlan("1.00"), Instant.now().minus(Duration.ofDays(1)), null);
        owner(tenant)
                .body("{\"name\": \"budget\", \"meter\": \"tokens\", \"threshold\": \"5\"}")
                .post("/v1/billing/alerts");
        // When
        operator().post("/v1/billing/alerts/evaluate");
        // Then
        assertSameFields(published("billing.alert.triggered.v1"), schema("billing.alert.triggered.v1"));
    }

    private JsonNode published(String type) throws IOException {
        await().until(() -> !Billing.events(type, tenant).isEmpty());
        return new JsonMapper()
                .readTree(Billing.events(type, tenant).getFirst())
                .get("data");
    }

    private static JsonNode schema(String type) throws IOException {
        return new JsonMapper().readTree(Files.readString(Path.of("contract", "events", type + ".schema.json")));
    }

    private static void assertSameFields(JsonNode data, JsonNode schema) {
        List<String> promised = List.copyOf(
                schema.get("properties").propertyStream().map(Map.Entry::getKey).toList());
        assertThat(data.propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrderElementsOf(promised);
    }
}
