package io.countinghouse.billing.plan;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.code;
import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.planBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.countinghouse.billing.Billing;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
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
class PlanTest {
    @AfterEach
    void forget() {
        StubService.reset();
    }

    private static final String FEE = "[{\"name\": \"fee\", \"model\": \"flat\", \"amount\": \"1.00\"}]";

    @Test
    void anOperatorMakesAPlanOfEveryModel() {
        // Given
        String code = code("all");
        String prices = Billing.DEMO_PRICES.stripTrailing().replaceAll("]$", "") + """
                , {"name": "seats", "model": "per_unit", "meter": "seats", "unit_price": "9.50", "rounding": "HALF_EVEN"},
                {"name": "payments", "model": "percentage", "meter": "payments", "rate_percent": "1.3",
                 "fixed_per_event": "2", "free_events": 3, "free_amount": "250"}]""";
        // When
        var made = operator().body(planBody(code, prices)).post("/v1/billing/plans");
        // Then
        made.then()
                .statusCode(201)
                .header("Location", is("/v1/billing/plans/" + code))
                .body("version", is(1))
                .body("prices.model", contains("flat", "graduated", "package", "volume", "per_unit", "percentage"))
                .body("prices.position", contains(1, 2, 3, 4, 5, 6))
                .body("prices[0].id", notNullValue())
                .body("prices[1].tiers", hasSize(3))
                .body("prices[1].tiers[1].unit_price", is("0.0000025"))
                .body("prices[5].free_events", is(3));
        as(Tokens.of(UUID.randomUUID(), "viewer"))
                .get("/v1/billing/plans/" + code)
                .then()
                .statusCode(200)
                .body("prices[1].tiers[1].unit_price", is("0.0000025"))
                .body("prices[4].rounding", is("HALF_EVEN"));
    }

    @Test
    void aNewVersionLeavesTheOldOneAsItWas() {
        // Given
        String code = flatPlan("1.00");
        // When
        var made = operator()
                .body("{\"prices\": " + FEE.replace("1.00", "2.00") + "}")
                .post("/v1/billing/plans/" + code + "/versions");
        // Then
        made.then().statusCode(201).body("version", is(2)).body("prices[0].amount", is("2.00"));
        operator().get("/v1/billing/plans/" + code).then().body("prices[0].amount", is("2.00"));
        operator()
                .get("/v1/billing/plans/" + code + "?version=1")
                .then()
                .body("version", is(1))
                .body("latest_version", is(2))
                .body("prices[0].amount", is("1.00"));
    }

    @Test
    void newVersionsAtOnceAreNumberedOneAfterTheOther() throws Exception {
        // Given
        String code = flatPlan("1.00");
        Callable<Integer> versioning = () -> operator()
                .body("{\"prices\": " + FEE + "}")
                .post("/v1/billing/plans/" + code + "/versions")
                .then()
                .statusCode(201)
                .extract()
                .path("version");
        // When
        List<Integer> versions;
        try (var threads = Executors.newFixedThreadPool(8)) {
            versions = threads
                    .invokeAll(IntStream.range(0, 8).mapToObj(i -> versioning).toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
        }
        // Then
        assertThat(versions).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void aCodeIsTakenOnce() {
        // Given
        String code = flatPlan("1.00");
        // When
        var refused = operator().body(planBody(code, FEE)).post("/v1/billing/plans");
        // Then
        refused.then().spec(Problems.problem(409, "plan-exists")).body("detail", containsString(code));
    }

    @Test
    void aRepeatedRequestIsAnsweredWithTheFirstPlan() {
        // Given
        String token = Tokens.operator();
        String body = planBody(code("once"), FEE);
        String first = as(token)
                .header("Idempotency-Key", body)
                .body(body)
                .post("/v1/billing/plans")
                .asString();
        // When
        var again = as(token).header("Idempotency-Key", body).body(body).post("/v1/billing/plans");
        // Then
        again.then().statusCode(201);
        assertThat(again.asString()).isEqualTo(first);
    }

    @Test
    void aRepeatedVersionIsMadeOnce() {
        // Given
        String token = Tokens.operator();
        String code = flatPlan("1.00");
        String body = "{\"prices\": " + FEE + "}";
        String path = "/v1/billing/plans/" + code + "/versions";
        String first =
                as(token).header("Idempotency-Key", code).body(body).post(path).asString();
        // When
        var again = as(token).header("Idempotency-Key", code).body(body).post(path);
        // Then
        assertThat(again.asString()).isEqualTo(first);
        operator().get("/v1/billing/plans/" + code).then().body("latest_version", is(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"prices\": []}", "{\"prices\": [{}]}", "{\"prices\": 7}", ""})
    void aVersionThatIsNoneIsRefused(String body) {
        // Given
        String code = flatPlan("1.00");
        // When
        var refused = operator().body(body).post("/v1/billing/plans/" + code + "/versions");
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
        operator().get("/v1/billing/plans/" + code).then().body("latest_version", is(1));
    }

    @Test
    void plansAreListedInPages() {
        // Given
        String older = flatPlan("1.00");
        String newer = flatPlan("2.00");
        // When
        var page = as(Tokens.of(UUID.randomUUID(), "member")).get("/v1/billing/plans?limit=2");
        // Then
        page.then().statusCode(200).body("data.code", hasItems(older, newer)).body("data[0].prices", hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model': 'flat'}|amount",
                "{'model': 'flat', 'amount': '-1'}|amount",
                "{'model': 'flat', 'amount': '1,00'}|amount",
                "{'model': 'flat', 'amount': '1e5'}|amount",
                "{'model': 'flat', 'amount': '1', 'meter': 'm'}|meter",
                "{'model': 'flat', 'amount': '1', 'tiers': [{'unit_price': '1'}]}|tiers",
                "{'model': 'per_unit', 'unit_price': '1'}|meter",
                "{'model': 'per_unit', 'meter': 'm'}|unit_price",
                "{'model': 'per_unit', 'meter': 'No Meter', 'unit_price': '1'}|meter",
                "{'model': 'graduated', 'meter': 'm'}|tiers",
                "{'model': 'graduated', 'meter': 'm', 'tiers': []}|tiers",
                "{'model': 'graduated', 'meter': 'm', 'tiers': [{'up_to': '5'}]}|unit_price",
                "{'model': 'graduated', 'meter': 'm', 'tiers': [{'up_to': '5', 'unit_price': '1'}]}|tiers",
                "{'model': 'volume', 'meter': 'm', 'tiers': [{'up_to': '5', 'unit_price': '1'}, {'up_to': '4', 'unit_price': '1'}, {'unit_price': '1'}]}|tiers",
                "{'model': 'volume', 'meter': 'm', 'tiers': [{'unit_price': '1'}, {'unit_price': '1'}]}|tiers",
                "{'model': 'package', 'meter': 'm', 'package_price': '1'}|package_size",
                "{'model': 'package', 'meter': 'm', 'package_size': '0', 'package_price': '1'}|package_size",
                "{'model': 'percentage', 'meter': 'm'}|rate_percent",
                "{'model': 'percentage', 'meter': 'm', 'rate_percent': '1', 'free_events': -1}|free_events",
                "{'model': 'percentage', 'meter': 'm', 'rate_percent': '1', 'per_transaction_min': '2', 'per_transaction_max': '1'}|per_transaction_min",
                "{'model': 'auction', 'meter': 'm'}|model",
                "{'amount': '1'}|model",
                "{'model': 'flat', 'amount': '1', 'rounding': 'SOMEHOW'}|rounding"
            })
    void aPriceThatCannotBeChargedByNamesTheField(String price, String field) {
        // Given
        String named = price.replace('\'', '"').replaceFirst("\\{", "{\"name\": \"p\", ");
        // When
        var refused = operator().body(planBody(code("bad"), "[" + named + "]")).post("/v1/billing/plans");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors.field", hasItem(endsWith("." + field)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\": \"Upper\", \"name\": \"x\", \"currency\": \"EUR\", \"interval\": \"monthly\", \"prices\": %s}",
                "{\"code\": \"x\", \"name\": \"\", \"currency\": \"EUR\", \"interval\": \"monthly\", \"prices\": %s}",
                "{\"code\": \"x\", \"name\": \"x\", \"currency\": \"EURO\", \"interval\": \"monthly\", \"prices\": %s}",
                "{\"code\": \"x\", \"name\": \"x\", \"currency\": \"XYZ\", \"interval\": \"monthly\", \"prices\": %s}",
                "{\"code\": \"x\", \"name\": \"x\", \"currency\": \"EUR\", \"interval\": \"weekly\", \"prices\": %s}",
                "{\"code\": \"x\", \"name\": \"x\", \"currency\": \"EUR\", \"interval\": \"monthly\", \"prices\": []}",
                "{\"code\": \"x\", \"name\": \"x\", \"currency\": \"EUR\", \"interval\": \"monthly\", \"prices\": [null]}",
                "{\"code\": \"x\", \"name\": \"x\", \"currency\": \"EUR\", \"interval\": \"monthly\", \"prices\": %s, \"a\": 1}",
                "{\"code\": \"x\", \"name\": \"x\", \"currency\": \"EUR\", \"interval\": \"monthly\", \"prices\": [{\"name\": \"f\", \"model\": \"flat\", \"amount\": 1.00}]}",
                "{}",
                "null",
                "{",
                ""
            })
    void aPlanThatIsNoneIsRefused(String body) {
        // When
        var refused = operator().body(body.replace("%s", FEE)).post("/v1/billing/plans");
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XXX", "XTS", "XAU", "XDR", "XBA", "ZZZ", "EUX"})
    void aCurrencyIsMoneyThatSomebodyPaysWith(String currency) {
        // When
        var refused = operator()
                .body(planBody(code("cur"), FEE).replace("EUR", currency))
                .post("/v1/billing/plans");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("currency"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"VED", "UYW", "XAF", "XOF", "XPF", "XCD", "CLF", "KWD", "JPY"})
    void aCurrencyOfTheStandardIsTaken(String currency) {
        // When
        var made = operator()
                .body(planBody(code("cur"), FEE.replace("1.00", "1")).replace("EUR", currency))
                .post("/v1/billing/plans");
        // Then
        made.then().statusCode(201).body("currency", is(currency));
    }

    @Test
    void aMeterThatUsageServiceDoesNotHaveIsNamed() {
        // Given
        String prices = "[{\"name\": \"c\", \"model\": \"per_unit\", \"meter\": \"calls\", \"unit_price\": \"1\"}]";
        String body = planBody(code("meter"), prices);
        StubService.reset();
        // When
        var refused = operator().body(body).post("/v1/billing/plans");
        // Then
        refused.then()
                .spec(Problems.problem(400, "validation"))
                .body("errors[0].field", is("prices[0].meter"))
                .body("errors[0].detail", containsString("'calls'"));
        operator()
                .body("{\"prices\": " + prices + "}")
                .post("/v1/billing/plans/" + flatPlan("1.00") + "/versions")
                .then()
                .spec(Problems.problem(400, "validation"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"count", "unique_count", "max", "min", "latest"})
    void aPercentageIsTakenOfASumMeterAlone(String aggregation) {
        // Given
        String body = planBody(code("percent"), """
                [{"name": "fee", "model": "flat", "amount": "1"},
                 {"name": "p", "model": "percentage", "meter": "payments", "rate_percent": "1", "fixed_per_event": "0.30"}]""");
        Billing.meter("payments", aggregation);
        // When
        var refused = operator().body(body).post("/v1/billing/plans");
        // Then
        refused.then()
                .spec(Problems.problem(400, "validation"))
                .body("errors[0].field", is("prices[1].meter"))
                .body("errors[0].detail", containsString(aggregation));
    }

    @Test
    void noPlanIsMadeWhileUsageServiceIsAway() {
        // Given
        String body = planBody(
                code("away"),
                "[{\"name\": \"c\", \"model\": \"per_unit\", \"meter\": \"calls\", \"unit_price\": \"1\"}]");
        StubService.on("GET", "/v1/usage/meters/calls", 500, "{}");
        // When
        var refused = operator().body(body).post("/v1/billing/plans");
        // Then
        refused.then().spec(Problems.problem(503, "usage-unavailable")).header("Retry-After", notNullValue());
    }

    @Test
    void aRepeatedRequestIsAnsweredWhileUsageServiceIsAway() {
        // Given
        String token = Tokens.operator();
        String code = code("replay");
        String prices = "[{\"name\": \"c\", \"model\": \"per_unit\", \"meter\": \"calls\", \"unit_price\": \"1\"}]";
        String plan = planBody(code, prices);
        String version = "{\"prices\": " + prices + "}";
        String versions = "/v1/billing/plans/" + code + "/versions";
        String made = as(token)
                .header("Idempotency-Key", code)
                .body(plan)
                .post("/v1/billing/plans")
                .asString();
        String added = as(token)
                .header("Idempotency-Key", code)
                .body(version)
                .post(versions)
                .asString();
        StubService.on("GET", "/v1/usage/meters/calls", 500, "{}");
        // When
        var again = as(token).header("Idempotency-Key", code).body(plan).post("/v1/billing/plans");
        // Then
        again.then().statusCode(201);
        assertThat(again.asString()).isEqualTo(made);
        assertThat(as(token)
                        .header("Idempotency-Key", code)
                        .body(version)
                        .post(versions)
                        .asString())
                .isEqualTo(added);
    }

    @Test
    void aPlanThatDoesNotExistHasNoVersions() {
        // When
        var refused = operator().body("{\"prices\": " + FEE + "}").post("/v1/billing/plans/no-such-plan/versions");
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        operator().get("/v1/billing/plans/no-such-plan").then().spec(Problems.problem(404, "not-found"));
        operator()
                .get("/v1/billing/plans/" + flatPlan("1.00") + "?version=2")
                .then()
                .spec(Problems.problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin", "billing", "member", "viewer", "billing:write"})
    void customersReadPlansAndMakeNone(String role) {
        // When
        var refused = as(Tokens.of(UUID.randomUUID(), role))
                .body(planBody(code("mine"), FEE))
                .post("/v1/billing/plans");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
        as(Tokens.of(UUID.randomUUID(), role))
                .body("{\"prices\": " + FEE + "}")
                .post("/v1/billing/plans/x/versions")
                .then()
                .spec(Problems.problem(403, "forbidden"));
    }
}
