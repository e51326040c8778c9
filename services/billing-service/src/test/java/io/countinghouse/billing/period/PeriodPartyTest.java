package io.countinghouse.billing.period;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.close;
import static io.countinghouse.billing.Billing.get;
import static io.countinghouse.billing.Billing.operator;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.billing.Billing;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a period is billed to, and by which tax rate. */
@QuarkusTest
class PeriodPartyTest {
    private static final Instant NOVEMBER = Instant.parse("2023-11-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2023-12-01T00:00:00Z");

    private final UUID tenant = UUID.randomUUID();

    @BeforeEach
    void demoUsage() {
        Billing.usage(Map.of("input_tokens", "18059974", "output_tokens", "245896", "requests", "8819"));
    }

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void theTaxOfTheCustomersCountryStandsOnTheBill() {
        // Given
        String country = "SE";
        operator()
                .body("{\"code\": \"vat-%s\", \"rate_percent\": \"19\", \"country\": \"%s\"}"
                        .formatted(country, country))
                .post("/v1/billing/tax-rates");
        UUID subscription = demoSubscription();
        Billing.owner(tenant).body(Billing.profileBody(country)).put("/v1/billing/profile");
        // When
        var closed = close(subscription);
        // Then
        closed.body("data[0].tax.code", is("vat-" + country)).body("data[0].tax.rate_percent", is("19"));
    }

    @Test
    void withoutACountryTheTaxIsPendingAndNotNothing() {
        // Given
        Billing.deliver(
                "auth-service", UUID.randomUUID().toString(), "auth.tenant.created.v1", tenant, """
                {"tenant_id": "%s", "name": "Acme", "owner_email": "olga@acme.example"}""".formatted(tenant));
        String id = operator()
                .body(Billing.subscriptionBody(tenant, Billing.flatPlan("1.00"), NOVEMBER, DECEMBER))
                .post("/v1/billing/subscription")
                .path("id");
        // When
        var closed = close(UUID.fromString(id));
        // Then
        closed.statusCode(200).body("data[0].tax", nullValue()).body("data[0].tax_pending", is(true));
        party(closed.extract().path("data[0].period_id"))
                .then()
                .body("tax", nullValue())
                .body("missing", contains("address_line", "city", "country"));
    }

    @Test
    void thePartyOfAPeriodIsWhatTheProfileSaysNow() {
        // Given
        String id = close(demoSubscription()).extract().path("data[0].period_id");
        Billing.owner(tenant)
                .body(Billing.profileBody("FR").replace("Acme GmbH", "Acme SAS"))
                .put("/v1/billing/profile");
        // When
        var party = party(id);
        // Then
        party.then()
                .statusCode(200)
                .body("customer.name", is("Acme SAS"))
                .body("customer.country", is("FR"))
                .body("customer.tax_id", is("DE999999999"))
                .body("missing", empty());
    }

    @Test
    void theRateOfAPartyIsThatOfTheEndOfItsPeriod() {
        // Given
        String code = Billing.code("lv");
        for (String rate : new String[] {
            "20\"", "21\", \"valid_from\": \"2023-11-30T23:59:59Z\"", "22\", \"valid_from\": \"2023-12-01T00:00:00Z\""
        }) {
            operator()
                    .body("{\"code\": \"" + code + "\", \"country\": \"LV\", \"rate_percent\": \"" + rate + "}")
                    .post("/v1/billing/tax-rates")
                    .then()
                    .statusCode(201);
        }
        UUID subscription =
                Billing.subscription(tenant, Billing.flatPlan("1.00"), NOVEMBER, Instant.parse("2024-01-01T00:00:00Z"));
        Billing.owner(tenant).body(Billing.profileBody("LV")).put("/v1/billing/profile");
        // When
        var closed = close(subscription);
        // Then
        closed.body("data.tax.rate_percent", contains("21", "22")).body("data.tax_pending", contains(false, false));
        party(closed.extract().path("data[0].period_id"))
                .then()
                .body("tax.code", is(code))
                .body("tax.rate_percent", is("21"));
    }

    @Test
    void aStandardRateThatItsCodeHasReplacedAppliesNoMore() {
        // Given
        String standard = Billing.code("lt");
        String other = Billing.code("lt");
        for (String rate : new String[] {
            standard + "\", \"rate_percent\": \"18\", \"valid_from\": \"2001-01-01T00:00:00Z\"",
            other + "\", \"rate_percent\": \"19\", \"valid_from\": \"2002-01-01T00:00:00Z\"",
            other + "\", \"rate_percent\": \"5\", \"valid_from\": \"2009-01-01T00:00:00Z\", \"standard\": false"
        }) {
            operator()
                    .body("{\"country\": \"LT\", \"code\": \"" + rate + "}")
                    .post("/v1/billing/tax-rates")
                    .then()
                    .statusCode(201);
        }
        UUID subscription = demoSubscription();
        Billing.owner(tenant).body(Billing.profileBody("LT")).put("/v1/billing/profile");
        // When
        var closed = close(subscription);
        // Then
        closed.body("data[0].tax.code", is(standard)).body("data[0].tax.rate_percent", is("18"));
    }

    @Test
    void onlyServicesAndTheOperatorReadTheParty() {
        // Given
        String id = close(demoSubscription()).extract().path("data[0].period_id");
        // When
        var refused = get(tenant, "/v1/billing/periods/" + id + "/party");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
        as(Tokens.service("invoice-service"))
                .get("/v1/billing/periods/" + id + "/party")
                .then()
                .statusCode(200);
        party(UUID.randomUUID().toString()).then().spec(Problems.problem(404, "not-found"));
    }

    private static Response party(String id) {
        return operator().get("/v1/billing/periods/" + id + "/party");
    }

    private UUID demoSubscription() {
        return Billing.subscription(tenant, Billing.plan(Billing.DEMO_PRICES), NOVEMBER, DECEMBER);
    }
}
