package io.countinghouse.billing.profile;

import static io.countinghouse.billing.Billing.as;
import static io.countinghouse.billing.Billing.deliver;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.profile;
import static io.countinghouse.billing.Billing.profileBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"country\": null", ", \"country\": \"\"", ", \"country\": \" \""})
    void aCountryIsChangedAndNotEmptied(String country) {
        // Given
        profile(tenant);
        // When
        var refused = owner(tenant)
                .body("{\"name\": \"Sly\", \"email\": \"s@sly.example\"" + country + "}")
                .put("/v1/billing/profile");
        // Then
        refused.then().spec(Problems.problem(422, "country-required")).body("detail", containsString("DE"));
        owner(tenant)
                .body(profileBody("FR"))
                .put("/v1/billing/profile")
                .then()
                .statusCode(200)
                .body("country", is("FR"));
    }

    @Test
    void notEvenTheDatabaseForgetsACountry() throws SQLException {
        // Given
        profile(tenant);
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            // When
            var refused = assertThatThrownBy(() -> statement.execute(
                    "UPDATE tenant_billing_profile SET country = NULL WHERE tenant_id = '" + tenant + "'"));
            // Then
            refused.hasMessageContaining("changed and not emptied");
        }
    }

    @Test
    void anEmptyTextIsNoText() {
        // When
        var put = owner(tenant).body("""
                        {"name": " Acme ", "email": "a@acme.example", "address_line": "", "postal_code": " ", "city": "",
                         "country": "", "tax_id": ""}""").put("/v1/billing/profile");
        // Then
        put.then()
                .statusCode(200)
                .body("name", is("Acme"))
                .body("address_line", nullValue())
                .body("postal_code", nullValue())
                .body("tax_id", nullValue())
                .body("missing", contains("address_line", "city", "country"));
    }

    @ParameterizedTest
    @CsvSource({
        "de 123.456.789,DE,DE123456789",
        "GR123456789,GR,EL123456789",
        "el123456789,GR,EL123456789",
        "CHE-123.456.789,CH,CHE123456789",
        "12-3456789,US,12-3456789",
        "12/345/67890,DE,12/345/67890",
        "29ABCDE1234F1Z5,IN,29ABCDE1234F1Z5",
        "zz123456789,DE,zz123456789",
        "HRB 12345,DE,HRB 12345",
        "St.-Nr. 12/345/67890,DE,St.-Nr. 12/345/67890",
        "USt-Id 12345,DE,USt-Id 12345",
        "xi 123456789,GB,XI123456789"
    })
    void aVatIdentifierHasThePrefixOfItsCountryInCapitals(String written, String country, String kept) {
        // When
        var put = owner(tenant)
                .body(profileBody(country).replace("DE999999999", written))
                .put("/v1/billing/profile");
        // Then
        put.then().statusCode(200).body("tax_id", is(kept));
    }

    @Test
    void anOperatorSeesTheProfilesThatNoInvoiceCanBeIssuedFor() {
        // Given
        signUp("Acme GmbH");
        UUID complete = UUID.randomUUID();
        profile(complete);
        // When
        List<String> incomplete = all("incomplete=true&");
        // Then
        assertThat(incomplete).contains(tenant.toString()).doesNotContain(complete.toString());
        assertThat(all("")).contains(tenant.toString(), complete.toString());
        operator().get("/v1/billing/profiles?incomplete=maybe").then().spec(Problems.problem(400, "validation"));
        owner(tenant).get("/v1/billing/profiles").then().spec(Problems.problem(403, "forbidden"));
    }

    /** Profiles of before empty texts became none. */
    @ParameterizedTest
    @ValueSource(strings = {"name", "address_line", "city"})
    void aBlankTextInAnOldProfileIsMissing(String field) throws SQLException {
        // Given
        profile(tenant);
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(
                    "UPDATE tenant_billing_profile SET " + field + " = ' ' WHERE tenant_id = '" + tenant + "'");
        }
        // When
        List<String> incomplete = all("incomplete=true&");
        // Then
        assertThat(incomplete).contains(tenant.toString());
        owner(tenant).get("/v1/billing/profile").then().body("missing", contains(field));
    }

    private static List<String> all(String filter) {
        List<String> found = new ArrayList<>();
        String next = "";
        while (next != null) {
            var page = operator().get("/v1/billing/profiles?" + filter + "limit=100" + next);
            found.addAll(page.path("data.tenant_id"));
            next = page.path("next") == null ? null : "&after=" + page.path("next");
        }
        return found;
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
                "{'name': '\\u200b\\u3164', 'email': 'a@b.example'}|name",
                "{'name': 'Ac\\u0007me', 'email': 'a@b.example'}|name",
                "{'name': 'Ac\\u202eme', 'email': 'a@b.example'}|name",
                "{'name': 'x', 'email': 'a@b'}|email",
                "{'name': 'x', 'email': 'a@b..example'}|email",
                "{'name': 'x', 'email': 'a b@b.example'}|email",
                "{'name': 'x', 'email': 'jörg@b.example'}|email",
                "{'name': 'x', 'email': 'a@b.example, c@d.example'}|email",
                "{'name': 'x', 'email': 'A <a@b.example>'}|email",
                "{'name': 'x', 'email': 'a@b.example', 'city': '\\u2800'}|city",
                "{'name': 'x', 'email': 'a@b.example', 'country': 'UK'}|country",
                "{'name': 'x', 'email': 'a@b.example', 'country': 'EL'}|country",
                "{'name': 'x', 'email': 'a@b.example', 'country': 'XX'}|country",
                "{'name': 'x', 'email': 'a@b.example', 'country': 'Germany'}|country",
                "{'name': 'x', 'email': 'a@b.example', 'postal_code': '123456789012345678901'}|postal_code"
            })
    void aProfileThatCannotBeBilledIsRefused(String body, String field) {
        // When
        var refused = owner(tenant).body(body.replace('\'', '"')).put("/v1/billing/profile");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is(field));
    }

    @ParameterizedTest
    @CsvSource({"Olga@ACME.example, grace@acme.example", "somebody@acme.example, olga@acme.example"})
    void theProfileFollowsTheContactItNames(String former, String expected) {
        // Given
        signUp("Acme");

        // When
        deliver("auth-service", UUID.randomUUID().toString(), "auth.tenant.contact_changed.v1", tenant, """
                        {"tenant_id": "%s", "name": "Acme", "former_email": "%s", "owner_user_id": "%s",
                         "owner_email": "grace@acme.example", "owner_name": "Grace"}""".formatted(
                                tenant, former, UUID.randomUUID()))
                .then()
                .statusCode(204);

        // Then
        owner(tenant).get("/v1/billing/profile").then().body("email", is(expected));
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
