package io.countinghouse.billing;

import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the rounds that other tests switch off. */
@QuarkusTest
@TestProfile(SchedulerTest.EveryMoment.class)
class SchedulerTest {
    @Inject
    TestClock clock;

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void backToNow() {
        clock.reset();
        StubService.reset();
    }

    public static class EveryMoment implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "countinghouse.billing.close.every", "0.2s",
                    "countinghouse.billing.close.grace", "1h",
                    "countinghouse.billing.alert.every", "0.2s");
        }
    }

    @Test
    void aPeriodIsBilledByItselfAfterTheGraceAndNotBeyondItsEnd() {
        // Given
        Instant start = Instant.parse("2023-11-01T00:00:00Z");
        UUID running = UUID.randomUUID();
        subscription(
                running,
                flatPlan("1.00"),
                Instant.now().minus(Duration.ofDays(2)),
                Instant.now().plusSeconds(5400));
        subscription(tenant, flatPlan("30.00"), start, Instant.parse("2023-12-17T12:00:00Z"));
        await().during(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> owner(tenant).get("/v1/billing/periods").then().body("data", empty()));
        // When
        clock.advance(Duration.ofHours(2));
        // Then
        await().untilAsserted(() ->
                owner(tenant).get("/v1/billing/periods").then().body("data.net.amount", contains("15.97", "30.00")));
        owner(running).get("/v1/billing/periods").then().body("data", empty());
    }

    @Test
    void anAlertFiresByItself() {
        // Given
        Billing.usage(Map.of("tokens", "5000"));
        subscription(tenant, flatPlan("1.00"), Instant.now().minusSeconds(3600), null);
        // When
        owner(tenant)
                .body("{\"name\": \"budget\", \"meter\": \"tokens\", \"threshold\": \"4999.5\"}")
                .post("/v1/billing/alerts")
                .then()
                .statusCode(201);
        // Then
        await().untilAsserted(() ->
                assertThat(Billing.events("billing.alert.triggered.v1", tenant)).hasSize(1));
        owner(tenant).get("/v1/billing/alerts").then().body("data", hasSize(1));
    }
}
