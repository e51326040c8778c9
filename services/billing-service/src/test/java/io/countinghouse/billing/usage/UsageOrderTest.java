package io.countinghouse.billing.usage;

import static org.hamcrest.Matchers.is;

import io.countinghouse.billing.Billing;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UsageOrderTest {

    @AfterEach
    void forgetStubs() {
        StubService.reset();
    }

    @Test
    void theFreeEventIsTheFirstInTimeAndNotTheFirstToArrive() {
        // Given
        Billing.usage(Map.of());
        StubService.on(
                "GET",
                "/v1/usage/events",
                request -> new StubService.Answer(
                        200,
                        request.query().contains("order=time")
                                ? "{\"data\": [{\"value\": \"1000.00\"}, {\"value\": \"10.00\"}], \"next\": null}"
                                : "{\"data\": [{\"value\": \"10.00\"}, {\"value\": \"1000.00\"}], \"next\": null}"));
        String plan = Billing.plan("""
                [{"name": "payments", "model": "percentage", "meter": "payments", "rate_percent": "1",
                  "free_events": 1}]""");
        UUID subscription = Billing.subscription(
                UUID.randomUUID(), plan, Instant.parse("2023-11-01T00:00:00Z"), Instant.parse("2023-12-01T00:00:00Z"));

        // When
        var closed = Billing.close(subscription);

        // Then
        closed.statusCode(200).body("data[0].lines[0].amount.amount", is("0.10"));
    }
}
