package io.countinghouse.auditlog.entry;

import static io.countinghouse.auditlog.entry.Entries.append;
import static io.countinghouse.auditlog.entry.Entries.appended;
import static io.countinghouse.auditlog.entry.Entries.invoiceFinalized;
import static io.countinghouse.auditlog.entry.Entries.with;
import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuditLogTest {

    private final UUID tenant = UUID.randomUUID();

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @Test
    void aServiceAppendsAnEntryAndGetsItsPlaceInTheTree() {
        // When
        var answer = append(Tokens.service("invoice-service"), invoiceFinalized(tenant));

        // Then
        String id = answer.statusCode(201)
                .body("leaf_index", notNullValue())
                .body("leaf_hash", notNullValue())
                .body("tenant_id", equalTo(tenant.toString()))
                .body("action", equalTo("invoice.finalized"))
                .body("details.number", equalTo("2026-000001"))
                .body("recorded_at", notNullValue())
                .extract()
                .path("id");
        answer.header("Location", endsWith("/v1/audit-logs/" + id));
    }

    @Test
    void anEntryIsReadBackAsItWasAppended() {
        // Given
        var answer = append(Tokens.operator(), invoiceFinalized(tenant))
                .statusCode(201)
                .extract();

        // When
        var read = given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .when()
                .get("/v1/audit-logs/" + answer.path("id"))
                .then()
                .statusCode(200)
                .extract();

        // Then
        assertThat(read.jsonPath().<Map<String, Object>>get())
                .isEqualTo(answer.jsonPath().get());
    }

    @Test
    void aMachineOfATenantAppendsToItsOwnTenant() {
        // When
        var answer = append(Tokens.scoped(tenant, "audit:write"), with(invoiceFinalized(null), "actor_type", null));

        // Then
        answer.statusCode(201).body("tenant_id", equalTo(tenant.toString())).body("actor_type", equalTo("service"));
    }

    @Test
    void aMachineOfATenantCannotAppendToAnother() {
        // When
        var answer = append(Tokens.scoped(tenant, "audit:write"), invoiceFinalized(UUID.randomUUID()));

        // Then
        answer.spec(problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "system"})
    void aTenantDoesNotSpeakInTheOperatorsName(String actorType) {
        // When
        var answer =
                append(Tokens.scoped(tenant, "audit:write"), with(invoiceFinalized(null), "actor_type", actorType));

        // Then
        answer.spec(invalid("actor_type"));
    }

    @ParameterizedTest
    @CsvSource({
        "service,",
        "service, ''",
        "action,",
        "action, 'Not an action!'",
        "action, 'a..b'",
        "resource_type,",
        "outcome,",
        "outcome, perhaps",
        "actor_type, robot",
        "occurred_at, 1969-12-31T23:59:59Z",
        "occurred_at, 2999-01-01T00:00:00Z"
    })
    void aFieldThatIsMissingOrWrongIsNamed(String field, String value) {
        // When
        var answer = append(Tokens.operator(), with(invoiceFinalized(tenant), field, value));

        // Then
        answer.spec(invalid(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"unknown\": 1}",
                "{\"service\": 7}",
                "{\"details\": \"text\"}",
                "{\"tenant_id\": \"7\"}",
                "{\"occurred_at\": \"yesterday\"}"
            })
    void aBodyThatIsNoEntryIsABadRequest(String body) {
        // When
        var answer = given().auth()
                .oauth2(Tokens.operator())
                .contentType(ContentType.JSON)
                .body(body)
                .when()
                .post("/v1/audit-logs")
                .then();

        // Then
        answer.statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\ud83d"})
    void textThatCannotBeKeptIsABadRequest(String text) {
        // Given
        String body = """
                {"service": "s", "action": "a.b", "resource_type": "r", "outcome": "success", "resource_id": "%s"}""".formatted(text);

        // When
        var answer = append(Tokens.operator(), body);

        // Then
        answer.spec(problem(400, "not-recordable")).body("detail", containsString("cannot be recorded"));
    }

    @Test
    void anEntryThatIsTooLargeIsRefused() {
        // When
        var answer = append(
                Tokens.operator(), with(invoiceFinalized(tenant), "details", Map.of("text", "x".repeat(70_000))));

        // Then
        answer.spec(problem(422, "entry-too-large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin", "billing", "member", "viewer", "audit:read"})
    void whoMayNotWriteIsForbidden(String role) {
        // When
        var answer = append(Tokens.of(tenant, role), invoiceFinalized(null));

        // Then
        answer.spec(problem(403, "forbidden"));
    }

    @Test
    void whoHasNoTokenIsNotLetIn() {
        // When
        var answer = given().contentType(ContentType.JSON)
                .body(invoiceFinalized(tenant))
                .when()
                .post("/v1/audit-logs")
                .then();

        // Then
        answer.spec(problem(401, "unauthorized"));
    }

    @Test
    void theSameKeyAppendsOnce() {
        // Given
        String token = Tokens.service("invoice-service");
        String key = UUID.randomUUID().toString();
        String first = appendWithKey(token, key, invoiceFinalized(tenant));

        // When
        String second = appendWithKey(token, key, invoiceFinalized(tenant));

        // Then
        assertThat(second).isEqualTo(first);
        given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .get("/v1/audit-logs")
                .then()
                .body("data.size()", is(1));
    }

    @Test
    void theSameKeyForAnotherEntryIsRefused() {
        // Given
        String token = Tokens.service("invoice-service");
        String key = UUID.randomUUID().toString();
        appendWithKey(token, key, invoiceFinalized(tenant));

        // When
        var answer = given().auth()
                .oauth2(token)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(with(invoiceFinalized(tenant), "resource_id", "invoice-2"))
                .when()
                .post("/v1/audit-logs")
                .then();

        // Then
        answer.spec(problem(422, "idempotency-key-reused"));
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
    void numbersInDetailsAreKeptAsTextWithEveryDigit() {
        // Given
        String body = """
                {"service": "s", "action": "a.b", "resource_type": "r", "outcome": "failure",
                 "details": {"amount": 36.60, "big": 12345678901234567890123, "flag": true, "list": [1, {"b": null}]}}""";

        // When
        var answer = append(Tokens.operator(), body);

        // Then
        answer.statusCode(201)
                .body("details.amount", equalTo("36.60"))
                .body("details.big", equalTo("12345678901234567890123"))
                .body("details.flag", is(true))
                .body("details.list[0]", equalTo("1"));
    }

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

    @Test
    void countersMoveWithEntriesAppendedAndRefused() {
        // Given
        double events = counter("audit_events_total");
        double errors = counter("audit_errors_total");

        // When
        append(Tokens.operator(), invoiceFinalized(tenant)).statusCode(201);
        append(Tokens.operator(), with(invoiceFinalized(tenant), "outcome", "perhaps")).statusCode(400);

        // Then
        assertThat(counter("audit_events_total")).isEqualTo(events + 1);
        assertThat(counter("audit_errors_total")).isEqualTo(errors + 1);
    }

    private double counter(String name) {
        return given().get(metrics)
                .then()
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String appendWithKey(String token, String key, Object body) {
        return given().auth()
                .oauth2(token)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/audit-logs")
                .then()
                .statusCode(201)
                .extract()
                .body()
                .asString();
    }
}
