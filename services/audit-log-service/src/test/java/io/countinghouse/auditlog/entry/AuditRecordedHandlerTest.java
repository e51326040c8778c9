package io.countinghouse.auditlog.entry;

import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditRecordedHandlerTest {

    private static final String DATA = """
            {"service": "invoice-service", "actor_type": "user", "actor_id": "user-1", "action": "invoice.finalized",
             "resource_type": "invoice", "resource_id": "invoice-1", "outcome": "success",
             "occurred_at": "2026-01-31T12:00:00.123456Z", "ip": "192.0.2.1", "correlation_id": "c-1",
             "details": {"number": "2026-000001", "total": 109.58}}""";

    private final UUID tenant = UUID.randomUUID();

    @Test
    void anEventOfAServiceBecomesAnEntryOfItsTenant() {
        // When
        deliver(UUID.randomUUID(), tenant, DATA).statusCode(204);

        // Then
        list().body("data.size()", is(1))
                .body("data[0].tenant_id", equalTo(tenant.toString()))
                .body("data[0].action", equalTo("invoice.finalized"))
                .body("data[0].occurred_at", equalTo("2026-01-31T12:00:00.123456Z"))
                .body("data[0].recorded_by", equalTo("invoice-service"))
                .body("data[0].ip", equalTo("192.0.2.1"))
                .body("data[0].correlation_id", equalTo("c-1"))
                .body("data[0].details.total", equalTo("109.58"));
    }

    @Test
    void anEventDeliveredTwiceIsOneEntry() {
        // Given
        UUID event = UUID.randomUUID();
        deliver(event, tenant, DATA).statusCode(204);

        // When
        deliver(event, tenant, DATA).statusCode(204);

        // Then
        list().body("data.size()", is(1));
    }

    @Test
    void anEventWithoutATenantBecomesAnEntryOfTheOperator() {
        // Given
        String resource = UUID.randomUUID().toString();

        // When
        deliver(UUID.randomUUID(), null, DATA.replace("invoice-1", resource)).statusCode(204);

        // Then
        given().auth()
                .oauth2(Tokens.operator())
                .get("/v1/audit-logs?resource_id=" + resource)
                .then()
                .body("data.size()", is(1));
    }

    @Test
    void anEventThatIsNoEntryIsRefusedAndLeavesNothing() {
        // When
        var answer = deliver(UUID.randomUUID(), tenant, DATA.replace("\"success\"", "\"perhaps\""));

        // Then
        answer.spec(problem(422, "event-data"));
        list().body("data.size()", is(0));
    }

    @Test
    void onlyServicesDeliverEvents() {
        // When
        var answer = deliver(Tokens.of(tenant, "owner"), UUID.randomUUID(), tenant, DATA);

        // Then
        answer.spec(problem(403, "forbidden"));
    }

    private ValidatableResponse list() {
        return given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .when()
                .get("/v1/audit-logs")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse deliver(UUID event, UUID tenant, String data) {
        return deliver(Tokens.service("invoice-service"), event, tenant, data);
    }

    private static ValidatableResponse deliver(String token, UUID event, UUID tenant, String data) {
        return given().auth()
                .oauth2(token)
                .contentType("application/cloudevents+json")
                .body("""
                        {"specversion": "1.0", "id": "%s", "source": "invoice-service",
                         "type": "countinghouse.audit.recorded.v1", "time": "2026-01-31T12:00:00Z", %s "data": %s}""".formatted(event, tenant == null ? "" : "\"tenantid\": \"" + tenant + "\",", data))
                .when()
                .post("/v1/inbox")
                .then();
    }
}
