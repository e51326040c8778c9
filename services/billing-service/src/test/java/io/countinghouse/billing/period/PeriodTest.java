package io.countinghouse.billing.period;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.close;
import static io.countinghouse.billing.Billing.get;
import static io.countinghouse.billing.Billing.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.billing.Billing;
import io.countinghouse.billing.TestClock;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
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

@QuarkusTest
class PeriodTest {
    private static final Instant NOVEMBER = Instant.parse("2023-11-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2023-12-01T00:00:00Z");

    @Inject
    TestClock clock;

    private final UUID tenant = UUID.randomUUID();

    @BeforeEach
    void demoUsage() {
        Billing.usage(Map.of("input_tokens", "18059974", "output_tokens", "245896", "requests", "8819"));
    }

    @AfterEach
    void backToNow() {
        clock.reset();
        StubService.reset();
    }

    @Test
    void theDemoPeriodIsBilledToTheCent() {
        // Given
        UUID subscription = demoSubscription();
        // When
        var closed = close(subscription);
        // Then
        closed.statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].lines.amount.amount", contains("49.00", "36.60", "2.95", "3.53"))
                .body("data[0].net.amount", is("92.08"))
                .body("data[0].net.currency", is("EUR"))
                .body("data[0].period_start", is("2023-11-01T00:00:00Z"))
                .body("data[0].period_end", is("2023-12-01T00:00:00Z"))
                .body("data[0].usage_cutoff", is("4711"))
                .body("data[0].customer.name", is("Acme GmbH"))
                .body("data[0].lines[1].quantity", is("18059974"))
                .body("data[0].lines[1].breakdown.amount", contains("0", "22.5", "14.1049545"))
                .body("data[0].lines[1].breakdown.from", contains("0", "1000000", "10000000"));
        String id = closed.extract().path("data[0].period_id");
        get(tenant, "/v1/billing/periods/" + id)
                .then()
                .statusCode(200)
                .body("lines.amount.amount", contains("49.00", "36.60", "2.95", "3.53"))
                .body("lines[1].breakdown.amount", contains("0", "22.5", "14.1049545"))
                .body("net.amount", is("92.08"));
    }

    @Test
    void usageIsReadOfThePeriodAndAsOfTheCutoff() {
        // Given
        UUID subscription = demoSubscription();
        // When
        close(subscription).statusCode(200);
        // Then
        assertThat(StubService.requests("GET", "/v1/usage/metrics"))
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.query())
                        .contains("tenant_id=" + tenant)
                        .contains("as_of=4711")
                        .contains("from=2023-11-01T00")
                        .contains("to=2023-12-01T00"));
    }

    @Test
    void closingAgainBillsNothingTwice() {
        // Given
        UUID subscription = demoSubscription();
        close(subscription).body("data", hasSize(1));
        // When
        var again = close(subscription);
        // Then
        again.statusCode(200).body("data", empty());
        get(tenant, "/v1/billing/periods").then().body("data", hasSize(1));
    }

    @Test
    void anInvoiceHearsOfTheClosedPeriodOnce() {
        // Given
        UUID subscription = demoSubscription();
        // When
        close(subscription).statusCode(200);
        // Then
        await().untilAsserted(() -> assertThat(StubService.events("billing.period.closed.v1").stream()
                        .filter(event -> event.contains(tenant.toString())))
                .singleElement()
                .asString()
                .contains(subscription.toString())
                .contains("\"net\":{\"amount\":\"92.08\",\"currency\":\"EUR\"}"));
    }

    @Test
    void thirtyTwoAtOnceBillEachPeriodOnce() throws Exception {
        // Given
        UUID subscription =
                Billing.subscription(tenant, Billing.flatPlan("10.00"), NOVEMBER, NOVEMBER.plus(91, ChronoUnit.DAYS));
        Callable<List<String>> closing =
                () -> close(subscription).statusCode(200).extract().path("data.period_id");
        // When
        List<String> closed;
        try (var threads = Executors.newFixedThreadPool(32)) {
            closed = threads
                    .invokeAll(IntStream.range(0, 32).mapToObj(i -> closing).toList())
                    .stream()
                    .flatMap(done -> done.resultNow().stream())
                    .toList();
        }
        // Then
        assertThat(closed).hasSize(3).doesNotHaveDuplicates();
        get(tenant, "/v1/billing/periods").then().body("data", hasSize(3));
        get(tenant, "/v1/billing/events?limit=1").then().body("data[0].sequence", is(7));
    }

    @Test
    void nothingIsBilledBeyondTheEnd() {
        // Given
        UUID subscription =
                Billing.subscription(tenant, Billing.flatPlan("31.00"), NOVEMBER, NOVEMBER.plus(45, ChronoUnit.DAYS));
        // When
        var closed = close(subscription);
        // Then
        closed.body("data.period_end", contains("2023-12-01T00:00:00Z", "2023-12-16T00:00:00Z"))
                .body("data.net.amount", contains("31.00", "15.00"));
    }

    @Test
    void theRunningPeriodStaysOpen() {
        // Given
        Instant start = Instant.now().minus(3, ChronoUnit.DAYS);
        UUID subscription = Billing.subscription(tenant, Billing.flatPlan("10.00"), start, null);
        // When
        var closed = close(subscription);
        // Then
        closed.statusCode(200).body("data", empty());
    }

    @Test
    void periodsAreClosedUpToTheInstantThatIsAskedFor() {
        // Given
        UUID subscription = Billing.subscription(tenant, Billing.flatPlan("10.00"), NOVEMBER, null);
        // When
        var closed = operator()
                .body("{\"up_to\": \"2024-01-15T00:00:00Z\"}")
                .post("/v1/billing/subscription/" + subscription + "/close");
        // Then
        closed.then()
                .statusCode(200)
                .body("data.period_start", contains("2023-11-01T00:00:00Z", "2023-12-01T00:00:00Z"));
    }

    @Test
    void aPeriodThatHasNotEndedCannotBeAskedFor() {
        // Given
        UUID subscription = demoSubscription();
        // When
        var refused = operator()
                .body("{\"up_to\": \"2999-01-01T00:00:00Z\"}")
                .post("/v1/billing/subscription/" + subscription + "/close");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("up_to"));
    }

    @Test
    void aSubscriptionThatDoesNotExistCannotBeClosed() {
        // When
        var refused = close(UUID.randomUUID());
        // Then
        refused.spec(Problems.problem(404, "not-found"));
    }

    @Test
    void aCustomerCannotCloseItsOwnPeriods() {
        // Given
        UUID subscription = demoSubscription();
        // When
        var refused = Billing.owner(tenant).post("/v1/billing/subscription/" + subscription + "/close");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
    }

    @Test
    void aPeriodIsBilledLaterWhenUsageServiceIsAway() {
        // Given
        UUID subscription = demoSubscription();
        StubService.on("GET", "/v1/usage/metrics", 500, "{}");
        close(subscription).spec(Problems.problem(503, "usage-unavailable"));
        demoUsage();
        // When
        var closed = close(subscription);
        // Then
        closed.statusCode(200).body("data.net.amount", contains("92.08"));
    }

    @Test
    void withoutAProfileThereIsNobodyToBill() {
        // Given
        String id = operator()
                .body(Billing.subscriptionBody(tenant, Billing.flatPlan("1.00"), NOVEMBER, DECEMBER))
                .post("/v1/billing/subscription")
                .path("id");
        // When
        var refused = close(UUID.fromString(id));
        // Then
        refused.spec(Problems.problem(422, "billing-profile-missing"));
    }

    @Test
    void aPercentageIsTakenOfEachEventOnEveryPage() {
        // Given
        String plan = Billing.plan("""
                [{"name": "payments", "model": "percentage", "meter": "payments", "rate_percent": "2.99",
                  "per_transaction_min": "1.75", "per_transaction_max": "12"}]""");
        StubService.on(
                "GET",
                "/v1/usage/events",
                request -> new StubService.Answer(
                        200,
                        request.query().contains("after=2")
                                ? "{\"data\": [{\"value\": \"10000\"}], \"next\": null}"
                                : "{\"data\": [{\"value\": \"10\"}, {\"value\": \"80\"}], \"next\": \"2\"}"));
        UUID subscription = Billing.subscription(tenant, plan, NOVEMBER, DECEMBER);
        // When
        var closed = close(subscription);
        // Then
        closed.statusCode(200)
                .body("data[0].lines[0].quantity", is("10090"))
                .body("data[0].lines[0].amount.amount", is("16.14"));
    }

    @Test
    void whatChangesLaterDoesNotChangeTheBill() {
        // Given
        UUID subscription = demoSubscription();
        String id = close(subscription).extract().path("data[0].period_id");
        Billing.owner(tenant)
                .body(Billing.profileBody("FR").replace("Acme GmbH", "Acme SAS"))
                .put("/v1/billing/profile")
                .then()
                .statusCode(200);
        // When
        var read = get(tenant, "/v1/billing/periods/" + id);
        // Then
        read.then().body("customer.name", is("Acme GmbH")).body("customer.country", is("DE"));
    }

    @Test
    void anotherTenantsPeriodDoesNotExist() {
        // Given
        String id = close(demoSubscription()).extract().path("data[0].period_id");
        // When
        var refused = get(UUID.randomUUID(), "/v1/billing/periods/" + id);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        get(UUID.randomUUID(), "/v1/billing/periods").then().body("data", empty());
        get(UUID.randomUUID(), "/v1/billing/periods?tenant_id=" + tenant)
                .then()
                .spec(Problems.problem(404, "not-found"));
    }

    @Test
    void periodsAreListedInPagesNewestFirst() {
        // Given
        UUID subscription =
                Billing.subscription(tenant, Billing.flatPlan("1.00"), NOVEMBER, Instant.parse("2024-02-01T00:00:00Z"));
        close(subscription).body("data", hasSize(3));
        // When
        var first = as(Tokens.service("invoice-service"))
                .get("/v1/billing/periods?limit=2&subscription_id=" + subscription)
                .then();
        // Then
        first.body("data.period_start", contains("2024-01-01T00:00:00Z", "2023-12-01T00:00:00Z"));
        as(Tokens.service("invoice-service"))
                .get("/v1/billing/periods?limit=2&subscription_id=" + subscription + "&after="
                        + first.extract().path("next"))
                .then()
                .body("data.period_start", contains("2023-11-01T00:00:00Z"))
                .body("next", nullValue());
    }

    @Test
    void aPageHasALimit() {
        // When
        var refused = get(tenant, "/v1/billing/periods?limit=0");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", equalTo("limit"));
    }

    private UUID demoSubscription() {
        return Billing.subscription(tenant, Billing.plan(Billing.DEMO_PRICES), NOVEMBER, DECEMBER);
    }
}
