package io.countinghouse.auditlog.entry;

import static io.countinghouse.auditlog.entry.Entries.appended;
import static io.countinghouse.auditlog.entry.Entries.invoiceFinalized;
import static io.countinghouse.auditlog.entry.Entries.with;
import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuditLogListTest {

    private final UUID tenant = UUID.randomUUID();

    @Test
    void aListIsNewestFirstInPagesThatFollowOneAnother() {
        // Given
        List<String> ids = List.of("1", "2", "3").stream()
                .map(n -> appended(Tokens.operator(), with(invoiceFinalized(tenant), "resource_id", n))
                        .toString())
                .toList();
        String owner = Tokens.of(tenant, "owner");

        // When
        var first = given().auth()
                .oauth2(owner)
                .get("/v1/audit-logs?limit=2")
                .then()
                .statusCode(200)
                .extract();
        var second = given().auth()
                .oauth2(owner)
                .get("/v1/audit-logs?limit=2&after=" + first.path("next"))
                .then()
                .statusCode(200)
                .body("next", nullValue())
                .extract();

        // Then
        assertThat(first.jsonPath().getList("data.id", String.class)).containsExactly(ids.get(2), ids.get(1));
        assertThat(second.jsonPath().getList("data.id", String.class)).containsExactly(ids.get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "service, other-service",
        "action, invoice.voided",
        "actor_id, user-2",
        "resource_type, credit_note",
        "resource_id, invoice-2",
        "outcome, denied"
    })
    void aFilterFindsWhatItNames(String field, String value) {
        // Given
        appended(Tokens.operator(), invoiceFinalized(tenant));
        UUID wanted = appended(Tokens.operator(), with(invoiceFinalized(tenant), field, value));

        // When
        var answer = given().auth()
                .oauth2(Tokens.of(tenant, "admin"))
                .queryParam(field, value)
                .when()
                .get("/v1/audit-logs")
                .then();

        // Then
        answer.statusCode(200).body("data.size()", is(1)).body("data[0].id", equalTo(wanted.toString()));
    }

    @Test
    void aListIsNarrowedToATimeThatBeginsWithFromAndEndsBeforeTo() {
        // Given
        for (String time : List.of("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z")) {
            appended(Tokens.operator(), with(invoiceFinalized(tenant), "occurred_at", time));
        }

        // When
        var answer = given().auth()
                .oauth2(Tokens.scoped(tenant, "audit:read"))
                .queryParam("from", "2026-01-02T00:00:00Z")
                .queryParam("to", "2026-01-03T00:00:00Z")
                .when()
                .get("/v1/audit-logs")
                .then();

        // Then
        answer.statusCode(200).body("data.size()", is(1)).body("data[0].occurred_at", equalTo("2026-01-02T00:00:00Z"));
    }

    @Test
    void theOperatorListsOneTenantOrAll() {
        // Given
        appended(Tokens.operator(), invoiceFinalized(tenant));
        appended(Tokens.operator(), invoiceFinalized(UUID.randomUUID()));

        // When
        var one = given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/audit-logs?tenant_id=" + tenant)
                .then();
        var all = given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/audit-logs?limit=2")
                .then();

        // Then
        one.statusCode(200).body("data.size()", is(1));
        all.statusCode(200).body("data.size()", is(2));
    }

    @Test
    void aTenantNeverListsAnother() {
        // Given
        appended(Tokens.operator(), invoiceFinalized(tenant));
        String stranger = Tokens.of(UUID.randomUUID(), "owner");

        // When
        var own = given().auth().oauth2(stranger).get("/v1/audit-logs").then();
        var named = given().auth()
                .oauth2(stranger)
                .get("/v1/audit-logs?tenant_id=" + tenant)
                .then();

        // Then
        own.statusCode(200).body("data.size()", is(0));
        named.spec(problem(404, "not-found"));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 1001",
        "after, yesterday",
        "from, yesterday",
        "to, 2026-01-01",
        "outcome, perhaps",
        "from, +999999999-01-01T00:00:00Z"
    })
    void aParameterOfAListThatIsWrongIsNamed(String parameter, String value) {
        // When
        var answer = given().auth()
                .oauth2(Tokens.operator())
                .queryParam(parameter, value)
                .when()
                .get("/v1/audit-logs")
                .then();

        // Then
        answer.spec(invalid(parameter));
    }

    @Test
    void aParameterWithANulCharacterIsABadRequest() {
        // When
        var answer = given().auth()
                .oauth2(Tokens.operator())
                .urlEncodingEnabled(false)
                .when()
                .get("/v1/audit-logs?action=a%00b")
                .then();

        // Then
        answer.statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "member", "viewer", "usage:read"})
    void whoMayNotReadIsForbidden(String role) {
        // When
        var answer = given().auth()
                .oauth2(Tokens.of(tenant, role))
                .when()
                .get("/v1/audit-logs")
                .then();

        // Then
        answer.spec(problem(403, "forbidden"));
    }

    @Test
    void anEntryOfAnotherTenantDoesNotExist() {
        // Given
        UUID id = appended(Tokens.operator(), invoiceFinalized(tenant));

        // When
        var answer = given().auth()
                .oauth2(Tokens.of(UUID.randomUUID(), "owner"))
                .when()
                .get("/v1/audit-logs/" + id)
                .then();

        // Then
        answer.spec(problem(404, "not-found"));
    }

    @Test
    void anEntryOfTheOperatorIsNotShownToTenants() {
        // Given
        UUID id = appended(Tokens.operator(), invoiceFinalized(null));

        // When
        var asTenant = given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .get("/v1/audit-logs/" + id)
                .then();
        var asOperator = given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/audit-logs/" + id)
                .then();

        // Then
        asTenant.spec(problem(404, "not-found"));
        asOperator.statusCode(200).body("tenant_id", nullValue());
    }
}
