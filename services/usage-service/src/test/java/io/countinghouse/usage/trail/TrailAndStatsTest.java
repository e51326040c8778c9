package io.countinghouse.usage.trail;

import static io.countinghouse.testing.Problems.problem;
import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.event;
import static io.countinghouse.usage.UsageRequests.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TrailAndStatsTest {

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");
    private final String sender = Tokens.scoped(tenant, "usage:write");

    @Test
    void takingEventsLeavesATraceHereAndInTheAuditLog() {
        // When
        post(sender, EVENT, event("x", "e1", "2026-01-05T10:00:00Z", Map.of()));

        // Then
        get(owner, "/v1/usage/audit-events")
                .then()
                .statusCode(200)
                .body("data.action", contains("usage.recorded"))
                .body("data[0].actor_type", is("service"))
                .body("data[0].details.accepted", is("1"));
        await().untilAsserted(() -> assertThat(StubService.events("countinghouse.audit.recorded.v1"))
                .anySatisfy(event -> assertThat(event).contains(tenant.toString(), "usage.recorded")));
    }

    @Test
    void anEventWhoseIdIsAsLongAsItMayBeLeavesAnEntryThatTheAuditLogTakes() {
        // Given
        String id = "😀".repeat(100) + tenant + "x".repeat(20);
        String escaped = id.replace("😀", "\\ud83d\\ude00");

        // When
        post(sender, EVENT, event("x", escaped, "2026-01-05T10:00:00Z", Map.of()));

        // Then
        get(owner, "/v1/usage/audit-events").then().body("data[0].details.event_id", is(id));
        await().untilAsserted(() -> assertThat(StubService.events("countinghouse.audit.recorded.v1"))
                .anySatisfy(event ->
                        assertThat(event).contains(id).containsPattern("\"resource_id\":\"[^\"]+~[0-9a-f]{32}\"")));
    }

    @Test
    void theCorrelationIdAndTheTraceOfTheRequestTravelWithItsEvents() {
        // Given
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        // When
        given().auth()
                .oauth2(sender)
                .header("X-Correlation-Id", "order-" + tenant)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .contentType(EVENT)
                .body(event("x", "e1", "2026-01-05T10:00:00Z", Map.of()))
                .when()
                .post("/v1/usage/events")
                .then()
                .statusCode(200);

        // Then
        await().untilAsserted(() -> assertThat(StubService.requests("POST", "/v1/inbox"))
                .anySatisfy(delivery -> {
                    assertThat(delivery.headers().get("X-correlation-id")).containsExactly("order-" + tenant);
                    assertThat(delivery.headers().get("Traceparent").getFirst()).contains(trace);
                    assertThat(delivery.body()).contains("\"correlationid\":\"order-" + tenant, trace);
                }));
    }

    @Test
    void anotherTenantsTrailIsNotSeen() {
        post(sender, EVENT, event("x", "e1", "2026-01-05T10:00:00Z", Map.of()));

        get(Tokens.of(UUID.randomUUID(), "owner"), "/v1/usage/audit-events")
                .then()
                .body("data", empty());
        get(Tokens.operator(), "/v1/usage/audit-events?tenant_id=" + tenant + "&action=usage.recorded")
                .then()
                .body("data", hasSize(1));
        get(Tokens.of(tenant, "member"), "/v1/usage/audit-events").then().spec(problem(403, "forbidden"));
    }

    @Test
    void theStateOfTheServiceIsMeasuredForTheOperatorOnly() {
        await().untilAsserted(() -> get(Tokens.operator(), "/v1/usage/system-stats")
                .then()
                .statusCode(200)
                .body("data", not(empty()))
                .body("data[0].database_bytes", greaterThan(1000)));
        get(owner, "/v1/usage/system-stats").then().spec(problem(403, "forbidden"));
    }

    private static io.restassured.response.Response get(String token, String path) {
        return given().auth().oauth2(token).when().get(path);
    }
}
