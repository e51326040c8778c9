package io.countinghouse.billing.alert;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.billing.Billing;
import io.countinghouse.billing.TestClock;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AlertTest {
    @Inject
    TestClock clock;

    private final UUID tenant = UUID.randomUUID();

    @BeforeEach
    void someUsage() {
        Billing.usage(Map.of("tokens", "999"));
    }

    @AfterEach
    void backToNow() {
        clock.reset();
        StubService.reset();
    }

    @Test
    void anAlertFiresWhenTheThresholdIsReachedAndOncePerPeriod() {
        // Given
        subscription(tenant, flatPlan("1.00"), Instant.now().minus(Duration.ofDays(1)), null);
        String id = alert("tokens", "1000");
        assertThat(evaluate()).doesNotContain(id);
        Billing.usage(Map.of("tokens", "1000"));
        // When
        List<String> fired = evaluate();
        // Then
        assertThat(fired).contains(id);
        assertThat(evaluate()).doesNotContain(id);
        owner(tenant).get("/v1/billing/alerts/" + id).then().body("last_fired_at", notNullValue());
        await().untilAsserted(() -> assertThat(Billing.events("billing.alert.triggered.v1", tenant))
                .singleElement()
                .asString()
                .contains("\"threshold\":\"1000\"", "\"value\":\"1000\"", "books@acme.example"));
    }

    @Test
    void anAlertFiresAgainInTheNextPeriod() {
        // Given
        subscription(tenant, flatPlan("1.00"), Instant.now().minus(Duration.ofDays(1)), null);
        String id = alert("tokens", "500");
        assertThat(evaluate()).contains(id);
        clock.advance(Duration.ofDays(32));
        // When
        List<String> fired = evaluate();
        // Then
        assertThat(fired).contains(id);
    }

    /** Usage of the last seconds is counted after the period has ended: it is watched until it is billed. */
    @Test
    void aThresholdPassedJustBeforeAnUpgradeIsReported() {
        // Given
        Instant start = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        UUID subscription = subscription(tenant, flatPlan("1.00"), start, null);
        String id = alert("tokens", "1000");
        clock.advance(Duration.ofMinutes(1));
        owner(tenant)
                .body("{\"plan_code\": \"" + flatPlan("2.00") + "\"}")
                .post("/v1/billing/subscription/" + subscription + "/upgrade")
                .then()
                .statusCode(200);
        Billing.usage(Map.of("tokens", "1000"));
        // When
        List<String> fired = evaluate();
        // Then
        assertThat(fired).contains(id);
        await().untilAsserted(() -> assertThat(Billing.events("billing.alert.triggered.v1", tenant))
                .anySatisfy(event -> assertThat(event).contains("\"period_start\":\"" + start + "\"")));
    }

    @Test
    void anAlertIsNotForAPeriodThatEndedBeforeItWasMade() {
        // Given
        Instant now = Instant.now();
        subscription(tenant, flatPlan("1.00"), now.minus(Duration.ofDays(40)), now.minus(Duration.ofDays(1)));
        String id = alert("tokens", "1");
        // When
        List<String> fired = evaluate();
        // Then
        assertThat(fired).doesNotContain(id);
    }

    @Test
    void manyRoundsAtOnceFireOnce() throws Exception {
        // Given
        subscription(tenant, flatPlan("1.00"), Instant.now().minus(Duration.ofDays(1)), null);
        String id = alert("tokens", "500");
        Callable<List<String>> round = AlertTest::evaluate;
        // When
        List<String> fired;
        try (var threads = Executors.newFixedThreadPool(8)) {
            fired = threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> round).toList()).stream()
                    .flatMap(done -> done.resultNow().stream())
                    .filter(id::equals)
                    .toList();
        }
        // Then
        assertThat(fired).hasSize(1);
    }

    @Test
    void withoutASubscriptionNothingFires() {
        // Given
        String id = alert("tokens", "1");
        // When
        List<String> fired = evaluate();
        // Then
        assertThat(fired).doesNotContain(id);
    }

    @Test
    void aMeterThatIsUnknownHoldsUpNoOtherAlert() {
        // Given
        subscription(tenant, flatPlan("1.00"), Instant.now().minus(Duration.ofDays(1)), null);
        alert("no_such_meter", "1");
        String id = alert("tokens", "1");
        // When
        List<String> fired = evaluate();
        // Then
        assertThat(fired).contains(id);
    }

    @Test
    void anAlertThatWasDeletedIsGone() {
        // Given
        subscription(tenant, flatPlan("1.00"), Instant.now().minus(Duration.ofDays(1)), null);
        String id = alert("tokens", "1");
        // When
        var deleted = owner(tenant).delete("/v1/billing/alerts/" + id);
        // Then
        deleted.then().statusCode(204);
        owner(tenant).get("/v1/billing/alerts/" + id).then().spec(Problems.problem(404, "not-found"));
        owner(tenant).delete("/v1/billing/alerts/" + id).then().spec(Problems.problem(404, "not-found"));
        owner(tenant).get("/v1/billing/alerts").then().body("data", empty());
        assertThat(evaluate()).doesNotContain(id);
    }

    @Test
    void alertsAreListedInPagesNewestFirst() {
        // Given
        String first = alert("tokens", "1");
        String second = alert("tokens", "2.50");
        // When
        var page = owner(tenant).get("/v1/billing/alerts?limit=1");
        // Then
        page.then()
                .body("data.id", contains(second))
                .body("data[0].threshold", is("2.5"))
                .body("data[0].last_fired_at", nullValue());
        owner(tenant)
                .get("/v1/billing/alerts?limit=1&after=" + page.path("next"))
                .then()
                .body("data.id", contains(first))
                .body("next", nullValue());
    }

    @Test
    void aRepeatedRequestMakesOneAlert() {
        // Given
        String token = Tokens.of(tenant, "admin");
        String body = body("tokens", "1");
        String first = as(token)
                .header("Idempotency-Key", "a1")
                .body(body)
                .post("/v1/billing/alerts")
                .asString();
        // When
        var again = as(token).header("Idempotency-Key", "a1").body(body).post("/v1/billing/alerts");
        // Then
        again.then().statusCode(201);
        assertThat(again.asString()).isEqualTo(first);
        owner(tenant).get("/v1/billing/alerts").then().body("data", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({"tokens,0", "tokens,0.00", "tokens,-1", "tokens,many", "No Meter,1", "'',1"})
    void anAlertThatCannotFireIsRefused(String meter, String threshold) {
        // When
        var refused = owner(tenant).body(body(meter, threshold)).post("/v1/billing/alerts");
        // Then
        refused.then().spec(Problems.problem(400, "validation"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "viewer", "billing:read"})
    void rolesThatOnlyReadMakeAndDeleteNoAlerts(String role) {
        // Given
        String id = alert("tokens", "1");
        // When
        var refused = as(Tokens.of(tenant, role)).body(body("tokens", "1")).post("/v1/billing/alerts");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
        as(Tokens.of(tenant, role)).delete("/v1/billing/alerts/" + id).then().spec(Problems.problem(403, "forbidden"));
        as(Tokens.of(tenant, role)).get("/v1/billing/alerts/" + id).then().statusCode(200);
    }

    @Test
    void customersDoNotEvaluate() {
        // When
        var refused = owner(tenant).post("/v1/billing/alerts/evaluate");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
    }

    @Test
    void anotherTenantsAlertDoesNotExist() {
        // Given
        String id = alert("tokens", "1");
        UUID other = UUID.randomUUID();
        // When
        var refused = owner(other).get("/v1/billing/alerts/" + id);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        owner(other).delete("/v1/billing/alerts/" + id).then().spec(Problems.problem(404, "not-found"));
        owner(other).get("/v1/billing/alerts?tenant_id=" + tenant).then().spec(Problems.problem(404, "not-found"));
        owner(other).get("/v1/billing/alerts").then().body("data", empty());
    }

    private String alert(String meter, String threshold) {
        return owner(tenant)
                .body(body(meter, threshold))
                .post("/v1/billing/alerts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String body(String meter, String threshold) {
        return "{\"name\": \"budget\", \"meter\": \"%s\", \"threshold\": \"%s\"}".formatted(meter, threshold);
    }

    private static List<String> evaluate() {
        return operator()
                .post("/v1/billing/alerts/evaluate")
                .then()
                .statusCode(200)
                .extract()
                .path("data.alert_id");
    }
}
