package io.countinghouse.billing.subscription;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.close;
import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.billing.Billing;
import io.countinghouse.billing.TestClock;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SubscriptionChangeTest {
    private static final Instant JUNE = Instant.parse("2027-06-01T00:00:00Z");

    @Inject
    TestClock clock;

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void backToNow() {
        clock.reset();
        StubService.reset();
    }

    @ParameterizedTest
    @CsvSource({"upgrade,subscription_upgraded", "downgrade,subscription_downgraded", "cancel,subscription_canceled"})
    void aRepeatedChangeIsAnsweredAndMadeOnce(String change, String entry) {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        String token = Tokens.of(tenant, "owner");
        String body = change.equals("cancel") ? "{}" : "{\"plan_code\": \"" + flatPlan("40.00") + "\"}";
        String path = "/v1/billing/subscription/" + id + "/" + change;
        String first = as(token)
                .header("Idempotency-Key", change)
                .body(body)
                .post(path)
                .asString();
        // When
        var again = as(token).header("Idempotency-Key", change).body(body).post(path);
        // Then
        again.then().statusCode(200);
        assertThat(again.asString()).isEqualTo(first);
        owner(tenant).get("/v1/billing/events").then().body("data.type", contains(entry, "subscription_created"));
    }

    @Test
    void anUpgradeTakesEffectAtOnceAndEachPlanIsPaidForItsPart() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        String pro = flatPlan("60.00");
        clock.moveTo(JUNE.plus(Duration.ofDays(10)));
        // When
        var upgraded = change(id, "upgrade", pro);
        // Then
        upgraded.then().statusCode(200).body("plan_code", is(pro)).body("pending_change", nullValue());
        clock.moveTo(JUNE.plus(Duration.ofDays(30)).plusSeconds(60));
        close(UUID.fromString(id))
                .body("data.plan_version", contains(1, 1))
                .body("data.net.amount", contains("10.00", "40.00"))
                .body("data[1].plan_code", is(pro))
                .body("data[1].lines[0].breakdown[0].quantity", is("0.666666667"));
    }

    @Test
    void anUpgradeIsCounted() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("1.00"));
        // When
        change(id, "upgrade", flatPlan("2.00")).then().statusCode(200);
        // Then
        owner(tenant).get("/v1/billing/events?limit=1").then().body("data[0].type", is("subscription_upgraded"));
    }

    @Test
    void aDowngradeWaitsForTheEndOfThePeriod() {
        // Given
        String pro = flatPlan("60.00");
        String basic = flatPlan("30.00");
        String id = subscribedIn(JUNE, pro);
        clock.moveTo(JUNE.plus(Duration.ofDays(10)));
        // When
        var downgraded = change(id, "downgrade", basic);
        // Then
        downgraded
                .then()
                .statusCode(200)
                .body("plan_code", is(pro))
                .body("pending_change.plan_code", is(basic))
                .body("pending_change.starts_at", is("2027-07-01T00:00:00Z"));
        clock.moveTo(Instant.parse("2027-08-01T00:00:01Z"));
        close(UUID.fromString(id)).body("data.net.amount", contains("60.00", "30.00"));
    }

    @Test
    void aDowngradeAtOnceIsGivenWhenAskedFor() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("60.00"));
        String basic = flatPlan("30.00");
        // When
        var downgraded = owner(tenant)
                .body("{\"plan_code\": \"" + basic + "\", \"at_period_end\": false}")
                .post("/v1/billing/subscription/" + id + "/downgrade");
        // Then
        downgraded.then().statusCode(200).body("plan_code", is(basic)).body("pending_change", nullValue());
    }

    @Test
    void anUpgradeReplacesAnAnnouncedDowngrade() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        change(id, "downgrade", flatPlan("10.00")).then().body("pending_change", notNullValue());
        String pro = flatPlan("60.00");
        // When
        var upgraded = change(id, "upgrade", pro);
        // Then
        upgraded.then().body("plan_code", is(pro)).body("pending_change", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"upgrade", "downgrade"})
    void anAnnouncedChangeIsTakenBackByNamingTheRunningPlan(String how) {
        // Given
        String pro = flatPlan("60.00");
        String id = subscribedIn(JUNE, pro);
        change(id, "downgrade", flatPlan("10.00"));
        // When
        var kept = change(id, how, pro);
        // Then
        kept.then().statusCode(200).body("plan_code", is(pro)).body("pending_change", nullValue());
        owner(tenant).get("/v1/billing/events?limit=1").then().body("data[0].type", is("subscription_kept"));
        clock.moveTo(Instant.parse("2027-08-01T00:00:01Z"));
        close(UUID.fromString(id)).body("data.net.amount", contains("60.00", "60.00"));
    }

    @Test
    void anAnnouncedChangeAwayFromAnArchivedPlanIsTakenBack() {
        // Given
        String pro = flatPlan("60.00");
        String id = subscribedIn(JUNE, pro);
        change(id, "downgrade", flatPlan("10.00"));
        operator().body("{\"audience\": \"archived\"}").put("/v1/billing/plans/" + pro + "/audience");
        // When
        var kept = change(id, "downgrade", pro);
        // Then
        kept.then().statusCode(200).body("pending_change", nullValue());
    }

    @Test
    void aNewVersionOfThePlanIsAnUpgrade() {
        // Given
        String plan = flatPlan("30.00");
        String id = subscribedIn(JUNE, plan);
        change(id, "upgrade", plan).then().spec(Problems.problem(409, "same-plan"));
        operator()
                .body("{\"prices\": [{\"name\": \"fee\", \"model\": \"flat\", \"amount\": \"35.00\"}]}")
                .post("/v1/billing/plans/" + plan + "/versions");
        // When
        var upgraded = change(id, "upgrade", plan);
        // Then
        upgraded.then().statusCode(200).body("plan_version", is(2));
    }

    @Test
    void aPlanInAnotherCurrencyCannotBeChangedTo() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        String dollars = Billing.code("usd");
        operator()
                .body(Billing.planBody(dollars, "[{\"name\": \"fee\", \"model\": \"flat\", \"amount\": \"1\"}]")
                        .replace("EUR", "USD"))
                .post("/v1/billing/plans")
                .then()
                .statusCode(201);
        // When
        var refused = change(id, "upgrade", dollars);
        // Then
        refused.then().spec(Problems.problem(422, "plan-incompatible"));
    }

    @Test
    void anUpgradeDoesNotWait() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        // When
        var refused = owner(tenant)
                .body("{\"plan_code\": \"" + flatPlan("1.00") + "\", \"at_period_end\": true}")
                .post("/v1/billing/subscription/" + id + "/upgrade");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("at_period_end"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"upgrade", "downgrade", "cancel"})
    void aSubscriptionThatDoesNotExistCannotBeChanged(String change) {
        // When
        var refused = owner(tenant)
                .body(change.equals("cancel") ? "{}" : "{\"plan_code\": \"" + flatPlan("1.00") + "\"}")
                .post("/v1/billing/subscription/" + UUID.randomUUID() + "/" + change);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"upgrade", "downgrade"})
    void aChangeNamesAPlan(String change) {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        // When
        var refused = owner(tenant).body("{}").post("/v1/billing/subscription/" + id + "/" + change);
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("plan_code"));
        change(id, change, "no-such-plan").then().spec(Problems.problem(404, "not-found"));
    }

    private String subscribedIn(Instant start, String plan) {
        clock.moveTo(start.plusSeconds(60));
        return Billing.subscription(tenant, plan, start, null).toString();
    }

    private Response change(String id, String how, String plan) {
        return owner(tenant)
                .body("{\"plan_code\": \"" + plan + "\"}")
                .post("/v1/billing/subscription/" + id + "/" + how);
    }

    private Response cancel(String id, String body) {
        return owner(tenant).body(body).post("/v1/billing/subscription/" + id + "/cancel");
    }
}
