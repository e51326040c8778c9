package io.countinghouse.billing.subscription;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.close;
import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
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

/** How a subscription is cancelled, and the cancellation taken back. */
@QuarkusTest
class CancellationTest {
    private static final Instant JUNE = Instant.parse("2027-06-01T00:00:00Z");

    @Inject
    TestClock clock;

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void backToNow() {
        clock.reset();
        StubService.reset();
    }

    @Test
    void aCancellationIsTakenBackBeforeItsEnd() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        cancel(id, "{}");
        // When
        var resumed = resume(id);
        // Then
        resumed.then()
                .statusCode(200)
                .body("status", is("active"))
                .body("end_at", nullValue())
                .body("canceled_at", nullValue());
        clock.moveTo(Instant.parse("2027-08-01T00:00:01Z"));
        close(UUID.fromString(id)).body("data.net.amount", contains("30.00", "30.00"));
    }

    @Test
    void aSubscriptionThatWasMadeWithAnEndReturnsToIt() {
        // Given
        clock.moveTo(JUNE.plusSeconds(60));
        Instant end = Instant.parse("2027-12-01T00:00:00Z");
        String id = Billing.subscription(tenant, flatPlan("30.00"), JUNE, end).toString();
        cancel(id, "{}");
        // When
        var resumed = resume(id);
        // Then
        resumed.then().body("end_at", is(end.toString()));
    }

    @Test
    void aRepeatedResumptionIsAnsweredAndMadeOnce() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        cancel(id, "{}");
        String token = Tokens.of(tenant, "owner");
        String path = "/v1/billing/subscription/" + id + "/resume";
        String first = as(token).header("Idempotency-Key", "r").post(path).asString();
        // When
        var again = as(token).header("Idempotency-Key", "r").post(path);
        // Then
        again.then().statusCode(200);
        assertThat(again.asString()).isEqualTo(first);
        resume(id).then().spec(Problems.problem(409, "not-canceled"));
    }

    @Test
    void aCancellationThatTookEffectIsNotTakenBack() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        cancel(id, "{\"at_period_end\": false}");
        // When
        var refused = resume(id);
        // Then
        refused.then().spec(Problems.problem(409, "subscription-not-active"));
        resume(UUID.randomUUID().toString()).then().spec(Problems.problem(404, "not-found"));
        as(Tokens.of(tenant, "viewer"))
                .post("/v1/billing/subscription/" + id + "/resume")
                .then()
                .spec(Problems.problem(403, "forbidden"));
    }

    @Test
    void aCancellationIsNotTakenBackOverTheNextSubscription() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        cancel(id, "{}");
        owner(tenant)
                .body("{\"plan_code\": \"" + flatPlan("1.00") + "\", \"start_at\": \"2027-07-01T00:00:00Z\"}")
                .post("/v1/billing/subscription");
        // When
        var refused = resume(id);
        // Then
        refused.then().spec(Problems.problem(409, "subscription-exists"));
    }

    @Test
    void anUpgradeAfterACancellationSaysWhatBecomesOfTheEnd() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        String pro = flatPlan("60.00");
        cancel(id, "{}");
        // When
        var refused = change(id, "upgrade", pro);
        // Then
        refused.then()
                .spec(Problems.problem(409, "cancellation-announced"))
                .body("detail", containsString("2027-07-01T00:00:00Z"))
                .body("detail", containsString("withdraw_cancellation"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"true,-", "false,2027-07-01T00:00:00Z"})
    void anUpgradeTakesTheCancellationBackWhenAskedTo(boolean withdraw, String end) {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        String pro = flatPlan("60.00");
        cancel(id, "{}");
        // When
        var upgraded = owner(tenant)
                .body("{\"plan_code\": \"" + pro + "\", \"withdraw_cancellation\": " + withdraw + "}")
                .post("/v1/billing/subscription/" + id + "/upgrade");
        // Then
        upgraded.then().statusCode(200).body("plan_code", is(pro)).body("end_at", is(end));
    }

    @Test
    void aCancellationEndsWithThePeriod() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        clock.moveTo(JUNE.plus(Duration.ofDays(10)));
        // When
        var canceled = cancel(id, "{}");
        // Then
        canceled.then().statusCode(200).body("status", is("active")).body("end_at", is("2027-07-01T00:00:00Z"));
        clock.moveTo(Instant.parse("2027-09-01T00:00:00Z"));
        owner(tenant).get("/v1/billing/subscription/" + id).then().body("status", is("canceled"));
        close(UUID.fromString(id)).body("data.net.amount", contains("30.00"));
    }

    @Test
    void aCancellationAtOnceIsPaidByTheSecond() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        clock.moveTo(JUNE.plus(Duration.ofDays(10)));
        // When
        var canceled = cancel(id, "{\"at_period_end\": false}");
        // Then
        canceled.then().statusCode(200).body("status", is("canceled"));
        close(UUID.fromString(id)).body("data.net.amount", contains("10.00"));
        cancel(id, "{}").then().spec(Problems.problem(409, "subscription-not-active"));
        change(id, "upgrade", flatPlan("1.00")).then().spec(Problems.problem(409, "subscription-not-active"));
    }

    @Test
    void aSubscriptionThatHasNotBegunIsCanceledWithoutABill() {
        // Given
        String id = owner(tenant)
                .body("{\"plan_code\": \"" + flatPlan("30.00") + "\", \"start_at\": \"2098-01-01T00:00:00Z\"}")
                .post("/v1/billing/subscription")
                .then()
                .body("status", is("scheduled"))
                .extract()
                .path("id");
        // When
        var canceled = cancel(id, "{}");
        // Then
        canceled.then().statusCode(200).body("status", is("canceled")).body("end_at", is("2098-01-01T00:00:00Z"));
        change(id, "upgrade", flatPlan("1.00")).then().spec(Problems.problem(409, "subscription-not-active"));
        clock.moveTo(Instant.parse("2099-01-01T00:00:00Z"));
        profile(tenant);
        close(UUID.fromString(id)).body("data", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"at_period_end\": \"perhaps\"}", "{\"no_such_field\": 1}", "[]", "7"})
    void aCancellationThatIsNoneIsRefused(String body) {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        // When
        var refused = cancel(id, body);
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
        owner(tenant).get("/v1/billing/subscription/" + id).then().body("end_at", nullValue());
    }

    @Test
    void aChangeAfterTheEndIsRefused() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        cancel(id, "{}").then().statusCode(200).body("end_at", is("2027-07-01T00:00:00Z"));
        // When
        var refused = change(id, "downgrade", flatPlan("10.00"));
        // Then
        refused.then().spec(Problems.problem(422, "subscription-ends-before"));
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

    private Response resume(String id) {
        return owner(tenant).post("/v1/billing/subscription/" + id + "/resume");
    }

    private Response cancel(String id, String body) {
        return owner(tenant).body(body).post("/v1/billing/subscription/" + id + "/cancel");
    }
}
