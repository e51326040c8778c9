package io.countinghouse.invoice;

import static io.countinghouse.invoice.Invoicing.act;
import static io.countinghouse.invoice.Invoicing.finalized;
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
    @ValueSource(strings = {"finalized", "paid", "voided"})
    void whatBecomesOfAnInvoiceIsPublishedAsPromised(String what) throws IOException {
        // Given
        String id = finalized(tenant);
        // When
        if (what.equals("paid")) {
            pay(id, manual("transfer")).then().statusCode(200);
        } else if (what.equals("voided")) {
            act(id, "void").then().statusCode(200);
        }
        // Then
        String type = "invoice.invoice." + what + ".v1";
        await().until(() -> !Invoicing.events(type, tenant).isEmpty());
        JsonNode data = new JsonMapper()
                .readTree(Invoicing.events(type, tenant).getFirst())
                .get("data");
        JsonNode schema =
                new JsonMapper().readTree(Files.readString(Path.of("contract", "events", type + ".schema.json")));
        assertThat(names(data)).containsExactlyInAnyOrderElementsOf(names(schema.get("properties")));
        assertThat(names(data.get("customer")))
                .containsExactlyInAnyOrderElementsOf(names(schema.at("/properties/customer/properties")));
    }

    private static List<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }
}
