package io.countinghouse.usage.event;

import static io.countinghouse.testing.Problems.problem;
import static io.countinghouse.usage.UsageRequests.BATCH;
import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.event;
import static io.countinghouse.usage.UsageRequests.list;
import static io.countinghouse.usage.UsageRequests.meter;
import static io.countinghouse.usage.UsageRequests.post;
import static io.countinghouse.usage.UsageRequests.total;
import static io.countinghouse.usage.UsageRequests.typeOf;
import static io.countinghouse.usage.UsageRequests.voidEvent;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who pays does not write the meter: the default of every installation. */
@QuarkusTest
class SenderTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final String REASON = "Usage is recorded and voided by the operator";

    private final String sender = Tokens.scoped(TENANT, "usage:write");

    static Stream<String> customers() {
        return Stream.of(Tokens.of(TENANT, "owner"), Tokens.of(TENANT, "admin"), Tokens.scoped(TENANT, "usage:report"));
    }

    static Stream<String> recorders() {
        return Stream.of(
                Tokens.operator(),
                Tokens.service("ai-modeling-service"),
                Tokens.scoped(null, "usage:write"),
                Tokens.scoped(TENANT, "usage:write"));
    }

    @ParameterizedTest
    @MethodSource("customers")
    void aCustomerRecordsNothingInAnyMode(String customer) {
        // Given
        String meter = meter("sum", "v");
        String event = event(meter, "e1", "2026-01-05T10:00:00Z", Map.of("v", 1));

        // When
        Response structured = post(customer, EVENT, event);
        Response batch = post(customer, BATCH, "[" + event + "]");
        Response binary = given().auth()
                .oauth2(customer)
                .contentType("application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "b1")
                .header("ce-source", "test")
                .header("ce-type", typeOf(meter))
                .body("{\"v\":1}")
                .when()
                .post("/v1/usage/events");

        // Then
        structured.then().spec(problem(403, "forbidden")).body("detail", containsString(REASON));
        batch.then().spec(problem(403, "forbidden")).body("detail", containsString(REASON));
        binary.then().spec(problem(403, "forbidden")).body("detail", containsString(REASON));
        total(Tokens.of(TENANT, "viewer"), meter, "").then().body("data[0].value", is("0"));
    }

    @ParameterizedTest
    @MethodSource("customers")
    void aCustomerVoidsNothing(String customer) {
        // Given
        String meter = meter("sum", "v");
        post(sender, EVENT, event(meter, meter, "2026-01-05T10:00:00Z", Map.of("v", 1000)));
        String id = list(Tokens.of(TENANT, "viewer"), "?meter=" + meter).path("data[0].id");

        // When
        Response answer = voidEvent(customer, id);

        // Then
        answer.then().spec(problem(403, "forbidden")).body("detail", containsString(REASON));
        total(Tokens.of(TENANT, "viewer"), meter, "").then().body("data[0].value", is("1000"));
    }

    @ParameterizedTest
    @MethodSource("recorders")
    void theOperatorAndItsMachinesAndTheServicesRecordAndVoid(String recorder) {
        // Given
        String meter = meter("sum", "v");
        String event = event(meter, meter, "2026-01-05T10:00:00Z", Map.of("v", 5))
                .replaceFirst("\\{", "{\"tenantid\":\"" + TENANT + "\",");

        // When
        Response recorded = post(recorder, EVENT, event);
        Response voided = voidEvent(
                recorder, list(Tokens.of(TENANT, "viewer"), "?meter=" + meter).path("data[0].id"));

        // Then
        recorded.then().statusCode(200).body("accepted", is(1));
        voided.then().statusCode(204);
        total(Tokens.of(TENANT, "viewer"), meter, "").then().body("data[0].value", is("0"));
    }

    @Test
    void theMachineOfOneTenantNeitherRecordsNorVoidsForAnother() {
        // Given
        String meter = meter("sum", "v");
        String event = event(meter, meter, "2026-01-05T10:00:00Z", Map.of("v", 5));
        post(sender, EVENT, event);
        String id = list(Tokens.of(TENANT, "viewer"), "?meter=" + meter).path("data[0].id");
        String other = Tokens.scoped(UUID.randomUUID(), "usage:write");

        // When
        Response recorded = post(other, EVENT, event.replaceFirst("\\{", "{\"tenantid\":\"" + TENANT + "\","));
        Response voided = voidEvent(other, id);

        // Then
        recorded.then().spec(problem(404, "not-found"));
        voided.then().spec(problem(404, "not-found"));
    }

    @Test
    void theNamesOfWhatCustomersReportAreKept() {
        // Given
        String event = event("x", "e1", "2026-01-05T10:00:00Z", Map.of())
                .replace("\"source\":\"test\"", "\"source\":\"self-reported/gateway\"");

        // When
        Response answer = post(sender, EVENT, event);

        // Then
        answer.then().spec(problem(422, "usage-not-measurable")).body("errors[0].field", is("source"));
    }
}
