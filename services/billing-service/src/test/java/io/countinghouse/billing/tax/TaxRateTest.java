package io.countinghouse.billing.tax;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.code;
import static io.countinghouse.billing.Billing.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TaxRateTest {

    @Test
    void anOperatorMakesARate() {
        // Given
        String code = code("vat");
        // When
        var made = operator().body(body(code, "8.875", null)).post("/v1/billing/tax-rates");
        // Then
        made.then()
                .statusCode(201)
                .header("Location", is("/v1/billing/tax-rates/" + code))
                .body("rate_percent", is("8.875"))
                .body("country", nullValue())
                .body("standard", is(false));
        operator().get("/v1/billing/tax-rates/" + code).then().statusCode(200).body("rate_percent", is("8.875"));
        operator().get("/v1/billing/tax-rates?limit=1000").then().body("data.code", hasItem(code));
    }

    @Test
    void aCodeIsTakenOnce() {
        // Given
        String code = code("vat");
        operator()
                .body(body(code, "19", null))
                .post("/v1/billing/tax-rates")
                .then()
                .statusCode(201);
        // When
        var refused = operator().body(body(code, "20", null)).post("/v1/billing/tax-rates");
        // Then
        refused.then().spec(Problems.problem(409, "tax-rate-exists")).body("detail", containsString("19 %"));
    }

    @Test
    void aCountryHasOneStandardRateAndAnyNumberOfOthers() {
        // Given
        operator()
                .body(body(code("pl"), "23", "PL"))
                .post("/v1/billing/tax-rates")
                .then()
                .statusCode(201);
        // When
        var refused = operator().body(body(code("pl"), "24", "PL")).post("/v1/billing/tax-rates");
        // Then
        refused.then().spec(Problems.problem(409, "standard-rate-exists"));
        operator()
                .body(body(code("pl"), "8", "PL").replace("}", ", \"standard\": false}"))
                .post("/v1/billing/tax-rates")
                .then()
                .statusCode(201)
                .body("standard", is(false));
    }

    @Test
    void aRateOfACodeChangesFromADateOn() {
        // Given
        String code = code("fi");
        operator().body(body(code, "24", null)).post("/v1/billing/tax-rates");
        // When
        var changed = operator()
                .body(from("2024-09-01T00:00:00Z", code, "25.5", null))
                .post("/v1/billing/tax-rates");
        // Then
        changed.then()
                .statusCode(201)
                .body("rate_percent", is("25.5"))
                .body("valid_from", is("2024-09-01T00:00:00Z"))
                .body("rates.rate_percent", contains("24", "25.5"));
        operator()
                .body(from("2024-09-01T00:00:00Z", code, "26", null))
                .post("/v1/billing/tax-rates")
                .then()
                .spec(Problems.problem(409, "tax-rate-exists"));
        operator()
                .body(from("2099-01-01T00:00:00Z", code, "30", null))
                .post("/v1/billing/tax-rates")
                .then()
                .body("rate_percent", is("25.5"));
    }

    @Test
    void aCountryHasANewStandardRateFromADateOn() {
        // Given
        String first = code("ee");
        operator().body(body(first, "20", "EE")).post("/v1/billing/tax-rates");
        // When
        var changed = operator()
                .body(from("2024-01-01T00:00:00Z", code("ee"), "22", "EE"))
                .post("/v1/billing/tax-rates");
        // Then
        changed.then().statusCode(201).body("standard", is(true));
        operator()
                .body(from("2024-01-01T00:00:00Z", code("ee"), "23", "EE"))
                .post("/v1/billing/tax-rates")
                .then()
                .spec(Problems.problem(409, "standard-rate-exists"));
        operator()
                .body(from("2025-07-01T00:00:00Z", first, "24", null))
                .post("/v1/billing/tax-rates")
                .then()
                .statusCode(201)
                .body("country", is("EE"))
                .body("standard", is(true));
    }

    @Test
    void aCodeKeepsItsCountry() {
        // Given
        String code = code("at");
        operator()
                .body(body(code, "20", "AT").replace("}", ", \"standard\": false}"))
                .post("/v1/billing/tax-rates");
        // When
        var refused =
                operator().body(from("2024-01-01T00:00:00Z", code, "19", "HU")).post("/v1/billing/tax-rates");
        // Then
        refused.then().spec(Problems.problem(409, "tax-rate-of-another-country"));
    }

    @ParameterizedTest
    @CsvSource({"UK,GB", "EL,GR", "de,DE", "XX,not one", "AN,not one", "ZZ,not one"})
    void aCountryIsOneOfIso3166(String country, String way) {
        // When
        var refused = operator().body(body(code("x"), "20", country)).post("/v1/billing/tax-rates");
        // Then
        refused.then()
                .spec(Problems.problem(400, "validation"))
                .body("errors[0].field", is("country"))
                .body("errors[0].detail", containsString(way));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-12-31T23:59:59Z", "2200-01-01T00:00:00Z"})
    void aRateBeginsWithinTheYearsOfSubscriptions(String from) {
        // When
        var refused = operator().body(from(from, code("x"), "20", null)).post("/v1/billing/tax-rates");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("valid_from"));
    }

    @Test
    void aRepeatedRequestIsAnsweredWithTheFirstRate() {
        // Given
        String token = Tokens.operator();
        String body = body(code("vat"), "19", null);
        String first = as(token)
                .header("Idempotency-Key", body)
                .body(body)
                .post("/v1/billing/tax-rates")
                .asString();
        // When
        var again = as(token).header("Idempotency-Key", body).body(body).post("/v1/billing/tax-rates");
        // Then
        again.then().statusCode(201);
        assertThat(again.asString()).isEqualTo(first);
    }

    @Test
    void ratesAreListedInPages() {
        // Given
        operator().body(body("000-a-" + code("x"), "1", null)).post("/v1/billing/tax-rates");
        operator().body(body("000-b-" + code("x"), "2", null)).post("/v1/billing/tax-rates");
        // When
        var first = operator().get("/v1/billing/tax-rates?limit=1");
        // Then
        first.then().body("data", hasSize(1)).body("data[0].rate_percent", is("1"));
        operator()
                .get("/v1/billing/tax-rates?limit=1&after=" + first.path("next"))
                .then()
                .body("data[0].rate_percent", is("2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100.1", "101", "x", "", "1.1234567", "1e1"})
    void aRateIsAPercentage(String rate) {
        // When
        var refused = operator().body(body(code("bad"), rate, null)).post("/v1/billing/tax-rates");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("rate_percent"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\": \"a b\", \"rate_percent\": \"1\"}",
                "{\"code\": \"a\", \"rate_percent\": 19}",
                "{\"code\": \"a\", \"rate_percent\": \"1\", \"country\": \"Germany\"}",
                "{\"code\": \"a\", \"rate_percent\": \"1\", \"standard\": true}",
                "{\"rate_percent\": \"1\"}",
                "{}"
            })
    void aRateThatIsNoneIsRefused(String body) {
        // When
        var refused = operator().body(body).post("/v1/billing/tax-rates");
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void aRateThatDoesNotExistIsNotFound() {
        // When
        var refused = operator().get("/v1/billing/tax-rates/no-such-rate");
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin", "billing", "viewer", "billing:write"})
    void customersMakeNoRates(String role) {
        // When
        var refused = as(Tokens.of(UUID.randomUUID(), role))
                .body(body(code("x"), "0", null))
                .post("/v1/billing/tax-rates");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
    }

    private static String from(String validFrom, String code, String rate, String country) {
        return body(code, rate, country).replaceFirst("}$", ", \"valid_from\": \"" + validFrom + "\"}");
    }

    private static String body(String code, String rate, String country) {
        return "{\"code\": \"%s\", \"rate_percent\": \"%s\"%s}"
                .formatted(code, rate, country == null ? "" : ", \"country\": \"" + country + "\"");
    }
}
