package io.countinghouse.billing.profile;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.code;
import static io.countinghouse.billing.Billing.deliver;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.profile;
import static io.countinghouse.billing.Billing.profileBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProfileTest {
    private final UUID tenant = UUID.randomUUID();

    @Test
    void aTenantThatSignedUpHasAProfile() {
        // When
        signUp("Acme GmbH");
        // Then
        owner(tenant)
                .get("/v1/billing/profile")
                .then()
                .statusCode(200)
                .body("tenant_id", is(tenant.toString()))
                .body("name", is("Acme GmbH"))
                .body("email", is("olga@acme.example"))
                .body("country", nullValue());
    }

    @Test
    void newsOfTheSignupDoesNotOverwriteWhatTheTenantWrote() {
        // Given
        profile(tenant);
        // When
        signUp("Another Name");
        // Then
        owner(tenant)
                .get("/v1/billing/profile")
                .then()
                .body("name", is("Acme GmbH"))
                .body("city", is("Berlin"));
    }

    /** Twenty tenants, each of which fills in its profile at the moment at which the news of its signup comes. */
    @Test
    void theFirstPutAndTheNewsOfTheSignupMayComeAtOnce() throws Exception {
        // Given
        List<UUID> tenants = Stream.generate(UUID::randomUUID).limit(20).toList();
        List<Callable<Integer>> requests = new ArrayList<>();
        for (UUID each : tenants) {
            requests.add(() -> owner(each)
                    .body(profileBody("DE"))
                    .put("/v1/billing/profile")
                    .statusCode());
            requests.add(() -> signUp(each, "Another Name").statusCode());
        }

        // When
        List<Integer> answers = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool(requests.size())) {
            for (var answer : executor.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }

        // Then
        assertThat(answers).containsOnly(200, 204);
        for (UUID each : tenants) {
            owner(each).get("/v1/billing/profile").then().body("name", is("Acme GmbH"));
        }
    }

    @Test
    void theFirstPutMakesTheProfile() {
        // When
        var put = owner(tenant).body(profileBody("DE")).put("/v1/billing/profile");
        // Then
        put.then().statusCode(200).body("country", is("DE")).body("tax_rate_code", nullValue());
        owner(tenant).get("/v1/billing/profile").then().body("tax_id", is("DE999999999"));
    }

    @Test
    void aPutWritesTheWholeProfile() {
        // Given
        profile(tenant);
        // When
        var put = owner(tenant)
                .body("{\"name\": \"Acme\", \"email\": \"a@acme.example\", \"country\": \"DE\"}")
                .put("/v1/billing/profile");
        // Then
        put.then().statusCode(200).body("name", is("Acme")).body("city", nullValue());
    }

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

    @Test
    void anOperatorNamesTheTenant() {
        // When
        var refused = operator().body(profileBody("DE")).put("/v1/billing/profile");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("tenant_id"));
        operator().get("/v1/billing/profile").then().spec(Problems.problem(400, "validation"));
    }

    @Test
    void anotherTenantsProfileDoesNotExist() {
        // Given
        profile(tenant);
        // When
        var refused = owner(UUID.randomUUID()).get("/v1/billing/profile?tenant_id=" + tenant);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        owner(UUID.randomUUID())
                .body(profileBody("FR").replace("{", "{\"tenant_id\": \"" + tenant + "\", "))
                .put("/v1/billing/profile")
                .then()
                .spec(Problems.problem(404, "not-found"));
        owner(tenant).get("/v1/billing/profile").then().body("country", is("DE"));
    }

    @Test
    void aTenantWithoutAProfileHasNone() {
        // When
        var refused = owner(tenant).get("/v1/billing/profile");
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "viewer", "billing:read"})
    void rolesThatOnlyReadDoNotWrite(String role) {
        // When
        var refused = as(Tokens.of(tenant, role)).body(profileBody("DE")).put("/v1/billing/profile");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'email': 'a@b.example'}|name",
                "{'name': ' ', 'email': 'a@b.example'}|name",
                "{'name': 'x'}|email",
                "{'name': 'x', 'email': 'nobody'}|email",
                "{'name': 'x', 'email': 'a@b.example', 'country': 'Germany'}|country",
                "{'name': 'x', 'email': 'a@b.example', 'postal_code': '123456789012345678901'}|postal_code"
            })
    void aProfileThatCannotBeBilledIsRefused(String body, String field) {
        // When
        var refused = owner(tenant).body(body.replace('\'', '"')).put("/v1/billing/profile");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is(field));
    }

    private void signUp(String name) {
        signUp(tenant, name).then().statusCode(204);
    }

    private static Response signUp(UUID tenant, String name) {
        return deliver("auth-service", UUID.randomUUID().toString(), "auth.tenant.created.v1", tenant, """
                        {"tenant_id": "%s", "name": "%s", "owner_user_id": "%s", "owner_email": "olga@acme.example",
                         "owner_name": "Olga"}""".formatted(
                        tenant, name, UUID.randomUUID()));
    }
}
