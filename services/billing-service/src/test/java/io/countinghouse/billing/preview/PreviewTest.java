package io.countinghouse.billing.preview;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.plan;
import static io.countinghouse.billing.Billing.subscription;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.billing.Billing;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PreviewTest {
    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void aPlanIsRatedForGivenQuantities() {
        // Given
        String code = plan(Billing.DEMO_PRICES);
        // When
        var preview = as(Tokens.of(tenant, "viewer"))
                .body("{\"plan_code\": \"" + code + "\", \"quantities\": {\"input_tokens\": \"18059974\","
                        + " \"output_tokens\": \"245896\", \"requests\": \"8819\"}}")
                .post("/v1/billing/preview");
        // Then
        preview.then()
                .statusCode(200)
                .body("lines.amount.amount", contains("49.00", "36.60", "2.95", "3.53"))
                .body("lines[1].breakdown", hasSize(3))
                .body("net.amount", is("92.08"))
                .body("period_start", nullValue());
        owner(tenant).get("/v1/billing/periods").then().body("data", empty());
    }

    @Test
    void whatIsNotGivenIsZero() {
        // Given
        String code = plan(Billing.DEMO_PRICES);
        // When
        var preview = owner(tenant)
                .body("{\"plan_code\": \"" + code + "\", \"quantities\": {}}")
                .post("/v1/billing/preview");
        // Then
        preview.then().statusCode(200).body("lines.amount.amount", contains("49.00", "0.00", "0.00", "0.00"));
    }

    @Test
    void aPercentageIsTakenOfGivenValues() {
        // Given
        String code = plan("""
                [{"name": "payments", "model": "percentage", "meter": "payments", "rate_percent": "1.3",
                  "fixed_per_event": "2", "free_events": 3, "free_amount": "250"}]""");
        // When
        var preview = owner(tenant)
                .body("{\"plan_code\": \"" + code + "\","
                        + " \"values\": {\"payments\": [\"50\", \"100\", \"250\", \"400\"]}}")
                .post("/v1/billing/preview");
        // Then
        preview.then().statusCode(200).body("net.amount", is("11.15"));
    }

    @Test
    void theRunningPeriodIsRatedByItsUsage() {
        // Given
        Billing.usage(Map.of("seats", "7"));
        String code =
                plan("[{\"name\": \"seats\", \"model\": \"per_unit\", \"meter\": \"seats\", \"unit_price\": \"3\"}]");
        Instant start = Instant.now().atOffset(ZoneOffset.UTC).minusDays(2).toInstant();
        UUID id = subscription(tenant, code, start, null);
        // When
        var preview =
                owner(tenant).body("{\"subscription_id\": \"" + id + "\"}").post("/v1/billing/preview");
        // Then
        preview.then()
                .statusCode(200)
                .body("net.amount", is("21.00"))
                .body("plan_code", is(code))
                .body("period_start", notNullValue());
    }

    @Test
    void anotherPlanIsRatedByTheUsageOfTheRunningPeriod() {
        // Given
        Billing.usage(Map.of("seats", "7"));
        subscription(tenant, flatPlan("1.00"), Instant.now().minusSeconds(3600), null);
        String other =
                plan("[{\"name\": \"seats\", \"model\": \"per_unit\", \"meter\": \"seats\", \"unit_price\": \"5\"}]");
        // When
        var preview = owner(tenant).body("{\"plan_code\": \"" + other + "\"}").post("/v1/billing/preview");
        // Then
        preview.then().statusCode(200).body("plan_code", is(other)).body("net.amount", is("35.00"));
    }

    @Test
    void aPreviewNamesTheMeterThatIsNotThere() {
        // Given
        String code =
                plan("[{\"name\": \"seats\", \"model\": \"per_unit\", \"meter\": \"seats\", \"unit_price\": \"3\"}]");
        subscription(tenant, code, Instant.now().minusSeconds(3600), null);
        Billing.usage(Map.of());
        // When
        var refused = owner(tenant).body("{\"plan_code\": \"" + code + "\"}").post("/v1/billing/preview");
        // Then
        refused.then().spec(Problems.problem(422, "meter-unknown")).body("detail", containsString("seats"));
    }

    @Test
    void withoutARunningPeriodQuantitiesAreNeeded() {
        // When
        var refused = owner(tenant)
                .body("{\"plan_code\": \"" + flatPlan("1.00") + "\"}")
                .post("/v1/billing/preview");
        // Then
        refused.then().spec(Problems.problem(422, "no-open-period"));
    }

    @Test
    void aMeterThatThePlanDoesNotPriceIsNamed() {
        // Given
        String code = flatPlan("1.00");
        // When
        var refused = owner(tenant)
                .body("{\"plan_code\": \"" + code + "\", \"quantities\": {\"tokens\": \"1\"}}")
                .post("/v1/billing/preview");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("detail", containsString("tokens"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"subscription_id\": \"x\"}",
                "{\"plan_code\": \"%s\", \"quantities\": {\"m\": \"-1\"}}",
                "{\"plan_code\": \"%s\", \"quantities\": {\"m\": 1}}",
                "{\"plan_code\": \"%s\", \"quantities\": {\"m\": null}}",
                "{\"plan_code\": \"%s\", \"quantities\": []}",
                "{\"plan_code\": \"%s\", \"values\": {\"m\": [\"x\"]}}",
                "{\"plan_code\": \"%s\", \"values\": {\"m\": [null]}}",
                "{\"plan_code\": \"%s\", \"currency\": \"USD\"}",
                "null"
            })
    void aRequestThatRatesNothingIsRefused(String body) {
        // Given
        String code = plan("[{\"name\": \"m\", \"model\": \"per_unit\", \"meter\": \"m\", \"unit_price\": \"5\"}]");
        // When
        var refused = owner(tenant).body(body.replace("%s", code)).post("/v1/billing/preview");
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void aPlanThatDoesNotExistIsNotFound() {
        // When
        var refused = owner(tenant)
                .body("{\"plan_code\": \"no-such-plan\", \"quantities\": {}}")
                .post("/v1/billing/preview");
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
    }

    @Test
    void anotherTenantsSubscriptionDoesNotExist() {
        // Given
        UUID id = subscription(tenant, flatPlan("1.00"), Instant.now().minusSeconds(3600), null);
        // When
        var refused = owner(UUID.randomUUID())
                .body("{\"subscription_id\": \"" + id + "\"}")
                .post("/v1/billing/preview");
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        operator()
                .body("{\"subscription_id\": \"" + id + "\"}")
                .post("/v1/billing/preview")
                .then()
                .statusCode(200);
    }
}
