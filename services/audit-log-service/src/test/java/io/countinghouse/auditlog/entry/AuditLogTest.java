package io.countinghouse.auditlog.entry;

import static io.countinghouse.auditlog.entry.Entries.append;
import static io.countinghouse.auditlog.entry.Entries.invoiceFinalized;
import static io.countinghouse.auditlog.entry.Entries.with;
import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.net.URI;
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
        answer.header("Location", is("/v1/audit-logs/" + id));
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
        "occurred_at, 2999-01-01T00:00:00Z",
        "ip, not an address",
        "ip, fe80::1%eth0"
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
        answer.spec(Problems.invalid("resource_id"));
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
    void countersMoveWithEntriesAppendedAndRefused() {
        // Given
        double events = counter("audit_events_total");
        double errors = counter("audit_errors_total");

        // When
        append(Tokens.operator(), invoiceFinalized(tenant)).statusCode(201);
        append(Tokens.operator(), with(invoiceFinalized(tenant), "outcome", "perhaps"))
                .statusCode(400);

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
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
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
