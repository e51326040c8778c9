package io.countinghouse.billing.period;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.close;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.billing.Billing;
import io.countinghouse.billing.TestClock;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One price that cannot be rated stops no other: it waits for the operator, and is billed by itself afterwards. */
@QuarkusTest
class BlockedChargeTest {
    private static final Instant NOVEMBER = Instant.parse("2023-11-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2023-12-01T00:00:00Z");
    private static final String PRICES = """
            [{"name": "fee", "model": "flat", "amount": "50.00"},
             {"name": "calls", "model": "per_unit", "meter": "calls", "unit_price": "1.00"},
             {"name": "seats", "model": "per_unit", "meter": "seats", "unit_price": "2.00"}]""";

    private final UUID tenant = UUID.randomUUID();

    @Inject
    BillingMonitor monitor;

    @Inject
    MeterRegistry metrics;

    @Inject
    TestClock clock;

    @AfterEach
    void forget() {
        clock.reset();
        StubService.reset();
    }

    @ParameterizedTest
    @CsvSource({
        "-2,quantity is -2",
        "123456789012345678901,a line has 20 digits before the point",
        "0.1234567890123456789,18 after it",
        "99999999999999999999,amount is 99999999999999999999.00"
    })
    void aPriceThatCannotBeRatedHoldsUpNoOther(String calls, String reason) {
        // Given
        UUID subscription = Billing.subscription(tenant, Billing.plan(PRICES), NOVEMBER, DECEMBER);
        Billing.usage(Map.of("calls", calls, "seats", "3"));
        // When
        var closed = close(subscription);
        // Then
        closed.statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].lines.description", contains("fee", "seats"))
                .body("data[0].lines.position", contains(1, 3))
                .body("data[0].net.amount", is("56.00"));
        blocked()
                .then()
                .body("data", hasSize(1))
                .body("data[0].description", is("calls"))
                .body("data[0].meter", is("calls"))
                .body("data[0].state", is("blocked"))
                .body("data[0].period_id", is(closed.extract().<String>path("data[0].period_id")))
                .body("data[0].reason", containsString(reason))
                .body("data[0].resolved_at", nullValue());
    }

    @Test
    void aMeterThatUsageServiceDoesNotKnowIsNamed() {
        // Given
        UUID subscription = Billing.subscription(tenant, Billing.plan(PRICES), NOVEMBER, DECEMBER);
        Billing.usage(Map.of("seats", "3"));
        // When
        var closed = close(subscription);
        // Then
        closed.statusCode(200).body("data[0].net.amount", is("56.00"));
        blocked().then().body("data[0].reason", containsString("'calls'"));
    }

    @Test
    void theOperatorHearsOfIt() {
        // Given
        UUID subscription = Billing.subscription(tenant, Billing.plan(PRICES), NOVEMBER, DECEMBER);
        Billing.usage(Map.of("calls", "-2", "seats", "3"));
        // When
        close(subscription).statusCode(200);
        // Then
        await().untilAsserted(() -> assertThat(Billing.events("billing.charge.blocked.v1", tenant))
                .singleElement()
                .asString()
                .contains("\"customer_name\":\"Acme GmbH\"")
                .contains("quantity is -2"));
    }

    @Test
    void theNextPeriodIsBilledAllTheSame() {
        // Given
        UUID subscription =
                Billing.subscription(tenant, Billing.plan(PRICES), NOVEMBER, Instant.parse("2024-01-01T00:00:00Z"));
        Billing.usage(Map.of("calls", "-2", "seats", "3"));
        // When
        var closed = close(subscription);
        // Then
        closed.body("data.net.amount", contains("56.00", "56.00"));
        blocked().then().body("data", hasSize(2));
    }

    @Test
    void afterMendingASupplementBillsTheRest() {
        // Given
        String period = blockedPeriod();
        Billing.usage(Map.of("calls", "7", "seats", "3"));
        // When
        var billed = supplement(Tokens.operator(), period, "mended");
        // Then
        billed.then()
                .statusCode(201)
                .header("Location", is("/v1/billing/periods/" + billed.path("period_id")))
                .body("supplement_of", is(period))
                .body("period_start", is(NOVEMBER.toString()))
                .body("period_end", is(DECEMBER.toString()))
                .body("lines.description", contains("calls"))
                .body("lines[0].position", is(2))
                .body("net.amount", is("7.00"));
        operator()
                .get("/v1/billing/blocked-charges?state=billed&tenant_id=" + tenant)
                .then()
                .body("data[0].supplement_id", is(billed.<String>path("period_id")))
                .body("data[0].resolved_at", notNullValue());
        owner(tenant).get("/v1/billing/periods").then().body("data.net.amount", contains("7.00", "56.00"));
        await().untilAsserted(() -> assertThat(Billing.events("billing.period.closed.v1", tenant))
                .anySatisfy(event -> assertThat(event).contains("\"supplement_of\":\"" + period)));
        supplement(Tokens.operator(), period, null).then().spec(Problems.problem(409, "nothing-blocked"));
        close(UUID.fromString(billed.path("subscription_id"))).body("data", empty());
    }

    @Test
    void aRepeatedSupplementIsAnsweredWithTheFirst() {
        // Given
        String period = blockedPeriod();
        String token = Tokens.operator();
        Billing.usage(Map.of("calls", "7", "seats", "3"));
        String first = supplement(token, period, "once").asString();
        // When
        var again = supplement(token, period, "once");
        // Then
        again.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(again.asString()).isEqualTo(first);
    }

    @Test
    void manySupplementsAtOnceBillTheRestOnce() throws Exception {
        // Given
        String period = blockedPeriod();
        Billing.usage(Map.of("calls", "7", "seats", "3"));
        Callable<Integer> supplementing =
                () -> supplement(Tokens.operator(), period, null).statusCode();
        // When
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(i -> supplementing).toList())) {
                statuses.add(done.get());
            }
        }
        // Then
        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
        owner(tenant).get("/v1/billing/periods").then().body("data", hasSize(2));
    }

    @Test
    void notEvenTheDatabaseBillsAPriceOfAPeriodTwice() throws SQLException {
        // Given
        String period = blockedPeriod();
        Billing.usage(Map.of("calls", "7", "seats", "3"));
        supplement(Tokens.operator(), period, null);
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            // When
            var refused = assertThatThrownBy(() -> statement.execute("""
                    INSERT INTO billing_line (period_id, position, tenant_id, price_id, price_version, description, model,
                        meter, quantity, amount, currency, breakdown, base_period_id)
                    SELECT period_id, 99, tenant_id, price_id, price_version, description, model, meter, quantity, amount,
                        currency, breakdown, base_period_id
                    FROM billing_line WHERE base_period_id = '%s'""".formatted(period)));
            // Then
            refused.hasMessageContaining("one_line_per_price");
        }
    }

    @Test
    void whatCannotBeRatedYetStaysBlocked() {
        // Given
        String period = blockedPeriod();
        Billing.usage(Map.of("calls", "-1", "seats", "3"));
        // When
        var refused = supplement(Tokens.operator(), period, null);
        // Then
        refused.then()
                .spec(Problems.problem(422, "usage-unratable"))
                .body("detail", containsString("-1"))
                .body("errors[0].field", is("calls"));
        blocked().then().body("data", hasSize(1));
    }

    @Test
    void aSupplementWaitsForUsageService() {
        // Given
        String period = blockedPeriod();
        StubService.on("GET", "/v1/usage/metrics", 500, "{}");
        // When
        var refused = supplement(Tokens.operator(), period, null);
        // Then
        refused.then().spec(Problems.problem(503, "usage-unavailable"));
    }

    @Test
    void aPeriodOfWhichNothingCanBeRatedMakesNoInvoice() {
        // Given
        UUID subscription = Billing.subscription(
                tenant,
                Billing.plan("[{\"name\": \"calls\", \"model\": \"per_unit\", \"meter\": \"calls\","
                        + " \"unit_price\": \"1\"}]"),
                NOVEMBER,
                DECEMBER);
        Billing.usage(Map.of("calls", "-2"));
        // When
        var closed = close(subscription);
        // Then
        closed.body("data[0].lines", empty()).body("data[0].net.amount", is("0.00"));
        await().until(() -> !Billing.events("billing.charge.blocked.v1", tenant).isEmpty());
        assertThat(Billing.events("billing.period.closed.v1", tenant)).isEmpty();
    }

    @Test
    void aBlockedChargeCanBeGivenUp() {
        // Given
        String period = blockedPeriod();
        String token = Tokens.operator();
        String path = "/v1/billing/blocked-charges/" + blocked().path("data[0].id") + "/waive";
        String body = "{\"reason\": \"a courtesy\"}";
        // When
        var waived = as(token).header("Idempotency-Key", "w").body(body).post(path);
        // Then
        waived.then().statusCode(200).body("state", is("waived")).body("waived_for", is("a courtesy"));
        as(token)
                .header("Idempotency-Key", "w")
                .body(body)
                .post(path)
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true");
        operator().body(body).post(path).then().spec(Problems.problem(409, "charge-not-blocked"));
        supplement(Tokens.operator(), period, null).then().spec(Problems.problem(409, "nothing-blocked"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\": \" \"}", "{\"reason\": 1}", "null", ""})
    void aWaiverSaysWhy(String body) {
        // Given
        blockedPeriod();
        // When
        var refused = operator()
                .body(body)
                .post("/v1/billing/blocked-charges/" + blocked().path("data[0].id") + "/waive");
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
        blocked().then().body("data", hasSize(1));
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        // When
        var refused = supplement(Tokens.operator(), UUID.randomUUID().toString(), null);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        operator()
                .body("{\"reason\": \"x\"}")
                .post("/v1/billing/blocked-charges/" + UUID.randomUUID() + "/waive")
                .then()
                .spec(Problems.problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=gone", "limit=0", "tenant_id=x"})
    void aQueryThatIsNoneIsRefused(String query) {
        // When
        var refused = operator().get("/v1/billing/blocked-charges?" + query);
        // Then
        refused.then().spec(Problems.problem(400, "validation"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin", "billing", "billing:write"})
    void customersDoNotBillThemselves(String role) {
        // Given
        String token = Tokens.of(tenant, role);
        // When
        var refused = supplement(token, UUID.randomUUID().toString(), null);
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
        as(token).get("/v1/billing/blocked-charges").then().spec(Problems.problem(403, "forbidden"));
        as(token)
                .body("{\"reason\": \"x\"}")
                .post("/v1/billing/blocked-charges/" + UUID.randomUUID() + "/waive")
                .then()
                .spec(Problems.problem(403, "forbidden"));
    }

    @Test
    void aGaugeCountsWhatIsBlocked() throws Throwable {
        // Given
        double before = gauge("billing.charges.blocked");
        blockedPeriod();
        // When
        double after = gauge("billing.charges.blocked");
        // Then
        assertThat(after).isEqualTo(before + 1);
    }

    @Test
    void aGaugeCountsPeriodsThatCouldNotBeClosedForAnHour() throws Throwable {
        // Given
        operator()
                .body(Billing.subscriptionBody(tenant, Billing.flatPlan("1.00"), NOVEMBER, DECEMBER))
                .post("/v1/billing/subscription");
        double atOnce = gauge("billing.periods.overdue");
        clock.advance(Duration.ofHours(3));
        // When
        double later = gauge("billing.periods.overdue");
        // Then
        assertThat(later).isGreaterThan(atOnce);
    }

    private double gauge(String name) throws Throwable {
        VertxContextSupport.subscribeAndAwait(monitor::measure);
        return metrics.get(name).gauge().value();
    }

    private String blockedPeriod() {
        UUID subscription = Billing.subscription(tenant, Billing.plan(PRICES), NOVEMBER, DECEMBER);
        Billing.usage(Map.of("calls", "-2", "seats", "3"));
        return close(subscription).extract().path("data[0].period_id");
    }

    private Response blocked() {
        return operator().get("/v1/billing/blocked-charges?state=blocked&tenant_id=" + tenant);
    }

    private static Response supplement(String token, String period, String key) {
        var request = as(token);
        return (key == null ? request : request.header("Idempotency-Key", key))
                .post("/v1/billing/periods/" + period + "/supplement");
    }
}
