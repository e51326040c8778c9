package io.countinghouse.invoice;

import static io.countinghouse.invoice.Invoicing.act;
import static io.countinghouse.invoice.Invoicing.amount;
import static io.countinghouse.invoice.Invoicing.credit;
import static io.countinghouse.invoice.Invoicing.finalizedFlat;
import static io.countinghouse.invoice.Invoicing.manual;
import static io.countinghouse.invoice.Invoicing.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published has the fields that contract/events promises, no more and no fewer. */
@QuarkusTest
class EventContractTest {
    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoice.invoice.finalized.v1",
                "invoice.payment.recorded.v1",
                "invoice.credit_note.issued.v1",
                "invoice.invoice.voided.v1",
                "invoice.invoice.paid.v1",
                "invoice.invoice.credited.v1"
            })
    void whatBecomesOfAnInvoiceIsPublishedAsPromised(String type) throws IOException {
        // Given
        String id = finalizedFlat(tenant, "29.00");
        String voided = finalizedFlat(tenant, "29.00");
        String credited = finalizedFlat(tenant, "29.00");
        // When
        act(voided, "void").then().statusCode(200);
        credit(credited, amount("34.51")).then().statusCode(201);
        pay(id, manual("transfer")).then().statusCode(200);
        // Then
        await().until(() -> !Invoicing.events(type, tenant).isEmpty());
        JsonNode data = new JsonMapper()
                .readTree(Invoicing.events(type, tenant).getFirst())
                .get("data");
        JsonNode schema =
                new JsonMapper().readTree(Files.readString(Path.of("contract", "events", type + ".schema.json")));
        assertThat(names(data)).containsExactlyInAnyOrderElementsOf(names(schema.get("properties")));
        assertThat(schema.get("required").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(names(data));
        assertThat(names(data.get("customer")))
                .containsExactlyInAnyOrderElementsOf(names(schema.at("/properties/customer/properties")));
    }

    private static List<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }
}
