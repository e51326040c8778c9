package io.countinghouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.journey.Journey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Order of arrival never decides money: a price whose free part goes to the first payments bills them by their time
 * (getlago/lago-api 393), however they are shuffled and cut into batches.
 */
class OrderOfArrivalTest {

    private static final String[][] PAYMENTS = {
        {"05T10:00:00Z", "1000.0"},
        {"05T10:00:00.0000009Z", "1e1"},
        {"12T00:00:00Z", "200"},
        {"20T00:00:00Z", "10.00"},
        {"29T23:59:59.9999999Z", "33.33"}
    };

    @BeforeAll
    static void catalogue() {
        Api operator = Stack.get().journey(Stack.small(), "-order").operator();
        operator.create(
                "/v1/usage/meters",
                Api.object()
                        .put("key", "order_payments")
                        .put("name", "payments")
                        .put("event_type", "order.payment")
                        .put("aggregation", "sum")
                        .put("value_property", "amount"),
                null);
        ObjectNode plan = Api.object()
                .put("code", "order-payments")
                .put("name", "payments")
                .put("currency", "EUR")
                .put("interval", "monthly");
        plan.putArray("prices")
                .addObject()
                .put("name", "payments")
                .put("model", "percentage")
                .put("meter", "order_payments")
                .put("rate_percent", "1")
                .put("free_events", 1);
        operator.create("/v1/billing/plans", plan, null);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void theSamePaymentsInAnyOrderAndBatchesAreBilledTheSame(long seed) {
        // Given
        Journey customer = Stack.get().journey(Stack.small(), "-order-" + seed);
        customer.signUp();
        customer.fillInProfile();
        Api operator = customer.operator();
        String subscription = operator.post(
                        "/v1/billing/subscription",
                        Api.object()
                                .put("plan_code", "order-payments")
                                .put("tenant_id", customer.tenantId())
                                .put("start_at", "2024-02-01T00:00:00Z")
                                .put("end_at", "2024-03-01T00:00:00Z"),
                        null)
                .get("id")
                .asText();
        for (ArrayNode batch : batches(customer.tenantId(), seed)) {
            operator.post("/v1/usage/events", "application/cloudevents-batch+json", batch.toString(), null);
        }

        // When
        JsonNode closed = operator.post("/v1/billing/subscription/" + subscription + "/close", Api.object(), null);

        // Then
        JsonNode line = closed.at("/data/0/lines/0");
        // The first, 1000.00, is free; 1 % of 10 + 200 + 10 + 33.33.
        assertThat(line.at("/amount/amount").asText()).isEqualTo("2.53");
        assertThat(line.get("quantity").asText()).isEqualTo("1253.33");
    }

    /** In the order of time for the seed 0, else shuffled. */
    private static List<ArrayNode> batches(String tenant, long seed) {
        Random random = new Random(seed);
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < PAYMENTS.length; i++) {
            ObjectNode event = Api.object()
                    .put("specversion", "1.0")
                    .put("id", String.valueOf(i))
                    .put("source", "order")
                    .put("type", "order.payment")
                    .put("time", "2024-02-" + PAYMENTS[i][0])
                    .put("tenantid", tenant);
            event.putObject("data").putRawValue("amount", new RawValue(PAYMENTS[i][1]));
            events.add(event);
        }
        if (seed > 0) {
            Collections.shuffle(events, random);
        }
        List<ArrayNode> batches = new ArrayList<>();
        for (ObjectNode event : events) {
            if (batches.isEmpty() || random.nextBoolean()) {
                batches.add(Api.object().arrayNode());
            }
            batches.getLast().add(event);
        }
        return batches;
    }
}
