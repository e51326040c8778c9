package io.countinghouse.billing.profile;

import static io.countinghouse.billing.Billing.code;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.profile;
import static io.countinghouse.billing.Billing.profileBody;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Problems;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the operator, and nobody else, chooses the tax rate of a customer. */
@QuarkusTest
class ProfileTaxRateTest {
    private final UUID tenant = UUID.randomUUID();

    @Test
    void anOperatorChoosesTheTaxRateAndTheTenantKeepsIt() {
        // Given
        String rate = code("vat");
        operator()
                .body("{\"code\": \"" + rate + "\", \"rate_percent\": \"7\"}")
                .post("/v1/billing/tax-rates")
                .then()
                .statusCode(201);
        profile(tenant);
        // When
        var put = operator()
                .body(profileBody("DE")
                        .replace("{", "{\"tenant_id\": \"" + tenant + "\", \"tax_rate_code\": \"" + rate + "\", "))
                .put("/v1/billing/profile");
        // Then
        put.then().statusCode(200).body("tax_rate_code", is(rate));
        profile(tenant);
        owner(tenant).get("/v1/billing/profile").then().body("tax_rate_code", is(rate));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \""})
    void anOperatorTakesTheTaxRateAway(String nothing) {
        // Given
        String rate = taxRate();
        profile(tenant);
        choose(rate);
        // When
        var put = operator()
                .body(profileBody("DE")
                        .replace("{", "{\"tenant_id\": \"" + tenant + "\", \"tax_rate_code\": " + nothing + ", "))
                .put("/v1/billing/profile");
        // Then
        put.then().statusCode(200).body("tax_rate_code", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \""})
    void aTenantDoesNotTakeTheTaxRateAway(String nothing) {
        // Given
        String rate = taxRate();
        profile(tenant);
        choose(rate);
        // When
        var put = owner(tenant)
                .body(profileBody("DE").replace("{", "{\"tax_rate_code\": " + nothing + ", "))
                .put("/v1/billing/profile");
        // Then
        put.then().statusCode(200).body("tax_rate_code", is(rate));
    }

    @Test
    void anOperatorWhoDoesNotNameTheTaxRateLeavesIt() {
        // Given
        String rate = taxRate();
        profile(tenant);
        choose(rate);
        // When
        var put = operator()
                .body(profileBody("DE").replace("{", "{\"tenant_id\": \"" + tenant + "\", "))
                .put("/v1/billing/profile");
        // Then
        put.then().statusCode(200).body("tax_rate_code", is(rate));
    }

    @Test
    void aTenantMaySendBackTheTaxRateThatItHas() {
        // Given
        String rate = taxRate();
        profile(tenant);
        choose(rate);
        // When
        var put = owner(tenant)
                .body(profileBody("DE").replace("{", "{\"tax_rate_code\": \"" + rate + "\", "))
                .put("/v1/billing/profile");
        // Then
        put.then().statusCode(200).body("tax_rate_code", is(rate));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "{}", "true"})
    void aTaxRateIsNamedByItsCode(String code) {
        // When
        var refused = operator()
                .body(profileBody("DE")
                        .replaceFirst("\\{", "{\"tenant_id\": \"" + tenant + "\", \"tax_rate_code\": " + code + ", "))
                .put("/v1/billing/profile");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("tax_rate_code"));
    }

    private String taxRate() {
        String rate = code("vat");
        operator()
                .body("{\"code\": \"" + rate + "\", \"rate_percent\": \"7\"}")
                .post("/v1/billing/tax-rates")
                .then()
                .statusCode(201);
        return rate;
    }

    private void choose(String rate) {
        operator()
                .body(profileBody("DE")
                        .replace("{", "{\"tenant_id\": \"" + tenant + "\", \"tax_rate_code\": \"" + rate + "\", "))
                .put("/v1/billing/profile")
                .then()
                .statusCode(200);
    }

    @Test
    void aTenantDoesNotChooseItsTaxRate() {
        // When
        var refused = owner(tenant)
                .body(profileBody("DE").replace("{", "{\"tax_rate_code\": \"zero\", "))
                .put("/v1/billing/profile");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden")).body("detail", containsString("zero"));
    }

    @Test
    void aTaxRateThatDoesNotExistIsRefused() {
        // When
        var refused = operator()
                .body(profileBody("DE")
                        .replace("{", "{\"tenant_id\": \"" + tenant + "\", \"tax_rate_code\": \"nope\", "))
                .put("/v1/billing/profile");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("tax_rate_code"));
    }
}
