package io.countinghouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.journey.AuditProof;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.operations.journey.UsageFile;
import io.countinghouse.stack.LocalStack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The main job, from sign-up to the paid invoice, on a real hour of usage. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvoiceJourneyTest {

    private static final Runnable NOTHING = () -> {};

    private Journey journey;
    private JsonNode invoice;

    @Test
    @Order(1)
    void theTraceEndsInThePublishedInvoice() {
        // Given
        UsageFile trace = Stack.trace();
        LocalStack stack = Stack.get();
        journey = stack.journey(trace, "");
        journey.defineCatalogue();
        journey.signUp();
        journey.fillInProfile();
        journey.subscribe();
        assertThat(journey.sendUsage(NOTHING)).isEqualTo(new Journey.Sent(8819, 0));

        // When
        assertThat(journey.closePeriods()).isEqualTo(1);
        invoice = journey.finalizeInvoice(
                journey.invoiceOf(journey.periods().getFirst().get("period_id").asText()));

        // Then
        assertThat(amounts(invoice)).containsExactly("49.00", "36.60", "2.95", "3.53");
        assertThat(invoice.at("/net/amount").asText()).isEqualTo("92.08");
        assertThat(invoice.at("/tax/amount").asText()).isEqualTo("17.50");
        assertThat(invoice.at("/total/amount").asText()).isEqualTo("109.58");
        assertThat(invoice.at("/total/currency").asText()).isEqualTo("EUR");
        assertThat(invoice.at("/lines/1/quantity").asText()).isEqualTo("18059974");
    }

    @Test
    @Order(2)
    void theSecondRunBillsNothingTwice() {
        Stack.trace();
        // When
        Journey.Sent again = journey.sendUsage(NOTHING);

        // Then
        assertThat(again).isEqualTo(new Journey.Sent(0, 8819));
        assertThat(journey.signUp()).isFalse();
        journey.subscribe();
        assertThat(journey.closePeriods()).isZero();
        assertThat(journey.periods()).hasSize(1);
        assertThat(journey.invoices()).hasSize(1);
        assertThat(journey.finalizeInvoice(journey.invoiceOf(
                                journey.periods().getFirst().get("period_id").asText()))
                        .get("number"))
                .isEqualTo(invoice.get("number"));
    }

    @Test
    @Order(3)
    void theTraceOfTheTokenLineNamesEveryEvent() {
        Stack.trace();
        // Given
        String line = "/v1/invoices/" + invoice.get("id").asText() + "/lines/2/trace?limit=1000";
        Set<String> events = new HashSet<>();
        JsonNode page = journey.customer().get(line);
        JsonNode first = page;

        // When
        while (true) {
            page.at("/events/data")
                    .forEach(event -> events.add(event.get("event_id").asText()));
            if (page.at("/events/next").isNull()) {
                break;
            }
            page = journey.customer()
                    .get(line + "&after=" + page.at("/events/next").asText());
        }

        // Then
        assertThat(events).hasSize(8819).contains("1", "8819");
        assertThat(first.get("event_count").asLong()).isEqualTo(8819);
        assertThat(first.get("meter").asText()).isEqualTo(Journey.CONTEXT_METER);
        assertThat(first.get("price_version").asInt()).isEqualTo(1);
    }

    @Test
    @Order(4)
    void theInvoiceIsSentPaidAndProven() {
        Stack.trace();
        // When
        byte[] pdf = journey.pdf(invoice);
        JsonNode mail = journey.mailAbout(invoice);
        JsonNode paid = journey.pay(invoice);
        JsonNode proof = journey.auditProof("invoice.paid", invoice);

        // Then
        assertThat(new String(pdf, 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
        assertThat(mail.get("state").asText()).isEqualTo("delivered");
        assertThat(paid.get("status").asText()).isEqualTo("paid");
        String key = journey.auditKey().get("public_key").asText();
        assertThat(AuditProof.isValid(proof, key)).isTrue();
        assertThat(AuditProof.isValid(tampered(proof), key)).isFalse();
    }

    @Test
    @Order(5)
    void theNextWeekIsForecastAndMeteredItself() {
        Stack.trace();
        // When
        JsonNode generation = journey.forecast();

        // Then
        assertThat(generation.at("/output/points")).hasSize(7);
        JsonNode metered = io.countinghouse.operations.journey.Api.await("the usage event of the forecast", () -> {
            JsonNode page = journey.customer().get("/v1/usage/events?from=2026-01-01T00:00:00Z");
            return StreamSupport.stream(page.get("data").spliterator(), false)
                    .filter(event -> event.get("type").asText().equals("ai.tokens"))
                    .findFirst()
                    .orElse(null);
        });
        assertThat(metered.at("/data/operation").asText()).isEqualTo("forecast");
    }

    private static JsonNode tampered(JsonNode proof) {
        var copy = proof.<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy();
        return copy.put("entry", copy.get("entry").asText().replace("invoice.paid", "invoice.void"));
    }

    private static List<String> amounts(JsonNode invoice) {
        List<String> amounts = new ArrayList<>();
        invoice.get("lines")
                .forEach(line -> amounts.add(line.at("/amount/amount").asText()));
        return amounts;
    }
}
