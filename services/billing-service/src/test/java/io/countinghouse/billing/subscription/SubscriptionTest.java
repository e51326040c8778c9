package io.countinghouse.billing.subscription;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.profile;
import static io.countinghouse.billing.Billing.subscriptionBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SubscriptionTest {
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
    void aTenantSubscribesFromNowOn() {
        // Given
        String plan = flatPlan("10.00");
        // When
        var made = owner(tenant).body("{\"plan_code\": \"" + plan + "\"}").post("/v1/billing/subscription");
        // Then
        made.then()
                .statusCode(201)
                .header("Location", is("/v1/billing/subscription/" + made.path("id")))
                .body("status", is("active"))
                .body("plan_code", is(plan))
                .body("plan_version", is(1))
                .body("end_at", nullValue())
                .body("pending_change", nullValue())
                .body("current_period.start", is(made.<String>path("start_at")));
        owner(tenant).get("/v1/billing/subscription").then().body("data", hasSize(1));
        owner(tenant)
                .get("/v1/billing/subscription/" + made.path("id"))
                .then()
                .statusCode(200)
                .body("status", is("active"));
    }

    @Test
    void othersHearOfASubscription() {
        // Given
        profile(tenant);
        // When
        owner(tenant).body("{\"plan_code\": \"" + flatPlan("10.00") + "\"}").post("/v1/billing/subscription");
        // Then
        await().untilAsserted(() -> assertThat(Billing.events("billing.subscription.changed.v1", tenant))
                .singleElement()
                .asString()
                .contains("\"change\":\"created\"")
                .contains("books@acme.example"));
    }

    @Test
    void anOperatorBackdates() {
        // When
        var made = operator()
                .body(subscriptionBody(
                        tenant,
                        flatPlan("10.00"),
                        Instant.parse("2023-11-01T00:00:00Z"),
                        Instant.parse("2023-12-01T00:00:00Z")))
                .post("/v1/billing/subscription");
        // Then
        made.then()
                .statusCode(201)
                .body("status", is("ended"))
                .body("start_at", is("2023-11-01T00:00:00Z"))
                .body("end_at", is("2023-12-01T00:00:00Z"))
                .body("current_period", nullValue());
    }

    @Test
    void aTenantDoesNotBackdate() {
        // When
        var refused = owner(tenant)
                .body("{\"plan_code\": \"" + flatPlan("10.00") + "\", \"start_at\": \"2023-11-01T00:00:00Z\"}")
                .post("/v1/billing/subscription");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden")).body("detail", containsString("2023-11-01"));
    }

    @Test
    void aTenantHasOneSubscriptionAtATime() {
        // Given
        String plan = flatPlan("10.00");
        owner(tenant)
                .body("{\"plan_code\": \"" + plan + "\"}")
                .post("/v1/billing/subscription")
                .then()
                .statusCode(201);
        // When
        var refused = owner(tenant).body("{\"plan_code\": \"" + plan + "\"}").post("/v1/billing/subscription");
        // Then
        refused.then().spec(Problems.problem(409, "subscription-exists"));
        owner(tenant)
                .body("{\"plan_code\": \"" + plan + "\", \"start_at\": \"2099-01-01T00:00:00Z\"}")
                .post("/v1/billing/subscription")
                .then()
                .spec(Problems.problem(409, "subscription-exists"));
        operator()
                .body(subscriptionBody(
                        tenant, plan, Instant.parse("2023-01-01T00:00:00Z"), Instant.parse("2023-02-01T00:00:00Z")))
                .post("/v1/billing/subscription")
                .then()
                .statusCode(201);
    }

    @Test
    void manyAtOnceMakeOneSubscription() throws Exception {
        // Given
        String plan = flatPlan("10.00");
        Callable<Integer> subscribing = () -> owner(tenant)
                .body("{\"plan_code\": \"" + plan + "\"}")
                .post("/v1/billing/subscription")
                .statusCode();
        // When
        List<Integer> statuses;
        try (var threads = Executors.newFixedThreadPool(8)) {
            statuses = threads
                    .invokeAll(IntStream.range(0, 8).mapToObj(i -> subscribing).toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
        }
        // Then
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status != 201).containsOnly(409);
    }

    @Test
    void aRepeatedRequestIsAnsweredWithTheFirstSubscription() {
        // Given
        String token = Tokens.of(tenant, "owner");
        String body = "{\"plan_code\": \"" + flatPlan("10.00") + "\"}";
        String first = as(token)
                .header("Idempotency-Key", "s1")
                .body(body)
                .post("/v1/billing/subscription")
                .asString();
        // When
        var again = as(token).header("Idempotency-Key", "s1").body(body).post("/v1/billing/subscription");
        // Then
        again.then().statusCode(201);
        assertThat(again.asString()).isEqualTo(first);
        owner(tenant).get("/v1/billing/subscription").then().body("data", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'plan_code': 'no-such-plan'}|404",
                "{'plan_code': ''}|400",
                "{}|400",
                "{'plan_code': 'x', 'start_at': 'tomorrow'}|400",
                "{'plan_code': 'x', 'start_at': '2099-01-02T00:00:00Z', 'end_at': '2099-01-01T00:00:00Z'}|400",
                "{'plan_code': 'x', 'start_at': '9999-12-31T00:00:00Z'}|400",
                "{'plan_code': 'x', 'start_at': '+999999999-12-31T00:00:00Z'}|400",
                "{'plan_code': 'x', 'end_at': '2200-01-01T00:00:00Z'}|400",
                "{'plan_code': 'x', 'tenant_id': 'me'}|400",
                "{'plan_code': 'x', 'discount': '100'}|400"
            })
    void aRequestThatSubscribesToNothingIsRefused(String body, int status) {
        // When
        var refused = owner(tenant).body(body.replace('\'', '"')).post("/v1/billing/subscription");
        // Then
        refused.then().statusCode(status).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "viewer"})
    void rolesThatOnlyReadChangeNothing(String role) {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        // When
        var refused = as(Tokens.of(tenant, role)).body("{}").post("/v1/billing/subscription/" + id + "/cancel");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
        as(Tokens.of(tenant, role)).get("/v1/billing/subscription/" + id).then().statusCode(200);
    }

    @Test
    void anotherTenantsSubscriptionDoesNotExist() {
        // Given
        String id = subscribedIn(JUNE, flatPlan("30.00"));
        UUID other = UUID.randomUUID();
        // When
        var refused = owner(other).get("/v1/billing/subscription/" + id);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        owner(other)
                .body("{}")
                .post("/v1/billing/subscription/" + id + "/cancel")
                .then()
                .spec(Problems.problem(404, "not-found"));
        owner(other)
                .body("{\"plan_code\": \"" + flatPlan("1.00") + "\"}")
                .post("/v1/billing/subscription/" + id + "/upgrade")
                .then()
                .spec(Problems.problem(404, "not-found"));
        owner(other).get("/v1/billing/subscription").then().body("data", empty());
        owner(other)
                .body("{\"plan_code\": \"" + flatPlan("1.00") + "\", \"tenant_id\": \"" + tenant + "\"}")
                .post("/v1/billing/subscription")
                .then()
                .spec(Problems.problem(404, "not-found"));
    }

    private String subscribedIn(Instant start, String plan) {
        clock.moveTo(start.plusSeconds(60));
        return Billing.subscription(tenant, plan, start, null).toString();
    }
}
