package io.countinghouse.usage.event;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.countinghouse.usage.UsageRequests.BATCH;
import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.event;
import static io.countinghouse.usage.UsageRequests.meter;
import static io.countinghouse.usage.UsageRequests.post;
import static io.countinghouse.usage.UsageRequests.total;
import static io.countinghouse.usage.UsageRequests.typeOf;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UsageEventResourceTest {

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");
    private final String sender = Tokens.scoped(tenant, "usage:write");

    @Test
    void anEventIsTakenOnceForEver() {
        // Given
        String meter = meter("sum", "tokens");
        String event = event(meter, "e1", "2026-01-05T10:00:00Z", Map.of("tokens", 12));
        post(sender, EVENT, event)
                .then()
                .statusCode(200)
                .body("accepted", is(1))
                .body("duplicates", is(0));

        // When
        Response again = post(sender, EVENT, event);

        // Then
        again.then().statusCode(200).body("accepted", is(0)).body("duplicates", is(1));
        total(owner, meter, "").then().body("data[0].value", is("12"));
    }

    @Test
    void aBatchIsTakenAndARepetitionWithinItCountsOnce() {
        // Given
        String meter = meter("count", null);
        String batch = IntStream.range(0, 50)
                .mapToObj(i -> event(meter, "e" + (i % 40), "2026-01-05T10:00:00Z", Map.of()))
                .collect(Collectors.joining(",", "[", "]"));

        // When
        Response answer = post(sender, BATCH, batch);

        // Then
        answer.then().statusCode(200).body("accepted", is(40)).body("duplicates", is(10));
        total(owner, meter, "").then().body("data[0].value", is("40")).body("data[0].event_count", is(40));
    }

    @Test
    void binaryModeIsTaken() {
        String meter = meter("sum", "tokens");

        given().auth()
                .oauth2(sender)
                .contentType("application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "b1")
                .header("ce-source", "test")
                .header("ce-type", typeOf(meter))
                .header("ce-time", "2026-01-05T10:00:00Z")
                .body("{\"tokens\":\"1.5\"}")
                .when()
                .post("/v1/usage/events")
                .then()
                .statusCode(200)
                .body("accepted", is(1));

        total(owner, meter, "").then().body("data[0].value", is("1.5"));
    }

    @Test
    void plainJsonWithoutTheHeadersOfBinaryModeIsRefused() {
        post(sender, "application/json", "{}").then().spec(problem(415, "not-a-cloudevent"));
    }

    @Test
    void aWrongBinaryHeaderIsNamed() {
        given().auth()
                .oauth2(sender)
                .contentType("application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "b1")
                .header("ce-source", "test")
                .header("ce-type", "t")
                .header("ce-time", "yesterday")
                .body("{}")
                .when()
                .post("/v1/usage/events")
                .then()
                .spec(invalid("ce-time"));
    }

    @Test
    void anEventWithoutItsAttributesIsRefusedFieldByField() {
        post(sender, EVENT, "{\"specversion\":\"0.3\",\"data\":[]}")
                .then()
                .spec(invalid("spec_version"))
                .spec(invalid("id"))
                .spec(invalid("source"))
                .spec(invalid("type"))
                .spec(invalid("data"));
    }

    @Test
    void malformedJsonIsRefused() {
        post(sender, EVENT, "{\"specversion\":").then().spec(problem(400, "malformed-json"));
    }

    @Test
    void aBatchWithOneBadEventChangesNothing() {
        // Given
        String meter = meter("sum", "tokens");
        String good = event(meter, "good", "2026-01-05T10:00:00Z", Map.of("tokens", 1));
        String bad = event(meter, "bad", "2026-01-05T10:00:00Z", Map.of("tokens", "many"));

        // When
        Response answer = post(sender, BATCH, "[" + good + "," + bad + "]");

        // Then
        answer.then().spec(problem(422, "usage-not-measurable")).body("errors[0].field", is("[1].data"));
        total(owner, meter, "").then().body("data[0].value", is("0"));
    }

    @Test
    void anEmptyAndAnOversizedBatchAreRefused() {
        post(sender, BATCH, "[]").then().spec(problem(400, "validation"));
        String tooMany = IntStream.range(0, 1001)
                .mapToObj(i -> event("x", "e" + i, "2026-01-05T10:00:00Z", Map.of()))
                .collect(Collectors.joining(",", "[", "]"));
        post(sender, BATCH, tooMany).then().spec(problem(400, "validation"));
    }

    @Test
    void anEventFromTheFutureIsRefused() {
        post(sender, EVENT, event("x", "e1", "2126-01-05T10:00:00Z", Map.of()))
                .then()
                .spec(problem(422, "usage-not-measurable"));
    }

    @Test
    void aViewerMayNotLogEvents() {
        post(Tokens.of(tenant, "viewer"), EVENT, event("x", "e1", "2026-01-05T10:00:00Z", Map.of()))
                .then()
                .spec(problem(403, "forbidden"));
    }

    @Test
    void anOperatorMustNameTheTenantAndATenantCannotNameAnother() {
        String event = event("x", "e1", "2026-01-05T10:00:00Z", Map.of());
        post(Tokens.scoped(null, "usage:write"), EVENT, event).then().spec(invalid("tenant_id"));
        post(
                        sender,
                        EVENT,
                        event.replace(
                                "{\"specversion\"", "{\"tenantid\":\"" + UUID.randomUUID() + "\",\"specversion\""))
                .then()
                .spec(problem(404, "not-found"));
    }

    @Test
    void theOperatorsMachineLogsForSeveralTenantsAtOnce() {
        // Given
        String meter = meter("count", null);
        UUID other = UUID.randomUUID();
        String event = event(meter, "same-id", "2026-01-05T10:00:00Z", Map.of());
        String batch = List.of(tenant, other).stream()
                .map(id -> event.replace("{\"specversion\"", "{\"tenantid\":\"" + id + "\",\"specversion\""))
                .collect(Collectors.joining(",", "[", "]"));

        // When
        Response answer = post(Tokens.scoped(null, "usage:write"), BATCH, batch);

        // Then
        answer.then().statusCode(200).body("accepted", is(2));
        total(owner, meter, "").then().body("data[0].value", is("1"));
        total(Tokens.of(other, "viewer"), meter, "").then().body("data[0].value", is("1"));
    }

    @Test
    void eventsAreListedInPagesInTheOrderOfAcceptance() {
        // Given
        String meter = meter("sum", "tokens");
        for (int i = 0; i < 5; i++) {
            post(sender, EVENT, event(meter, "e" + i, "2026-01-05T10:00:00Z", Map.of("tokens", i)));
        }

        // When
        Response first = list(owner, "?meter=" + meter + "&limit=3");
        Response second = list(owner, "?meter=" + meter + "&limit=3&after=" + first.path("next"));

        // Then
        first.then().statusCode(200).body("data.event_id", contains("e0", "e1", "e2"));
        first.then().body("data.value", contains("0", "1", "2")).body("data[0].data.tokens", is(0));
        second.then().body("data.event_id", contains("e3", "e4")).body("next", nullValue());
    }

    @Test
    void anotherTenantsEventsAreNotSeen() {
        String meter = meter("count", null);
        post(sender, EVENT, event(meter, "e1", "2026-01-05T10:00:00Z", Map.of()));

        list(Tokens.of(UUID.randomUUID(), "owner"), "?meter=" + meter).then().body("data", empty());
        list(Tokens.of(UUID.randomUUID(), "owner"), "?tenant_id=" + tenant)
                .then()
                .spec(problem(404, "not-found"));
        list(Tokens.operator(), "?tenant_id=" + tenant + "&meter=" + meter)
                .then()
                .body("data", hasSize(1));
    }

    @Test
    void aTotalAsOfACutoffNeverChanges() {
        // Given
        String meter = meter("sum", "tokens");
        post(sender, EVENT, event(meter, "e1", "2026-01-05T10:00:00Z", Map.of("tokens", 10)));
        post(sender, EVENT, event(meter, "e2", "2026-01-05T10:00:00Z", Map.of("tokens", 5)));
        String cutoff = cutoff(owner);
        post(sender, EVENT, event(meter, "late", "2026-01-05T11:00:00Z", Map.of("tokens", 1000)));
        voidEvent(sender, idOf(meter, 0)).then().statusCode(204);

        // When
        Response then = total(owner, meter, "&as_of=" + cutoff);
        Response now = total(owner, meter, "");

        // Then
        then.then()
                .body("data[0].value", is("15"))
                .body("data[0].event_count", is(2))
                .body("as_of", is(cutoff));
        now.then().body("data[0].value", is("1005")).body("data[0].event_count", is(2));
        list(owner, "?meter=" + meter + "&as_of=" + cutoff).then().body("data.event_id", contains("e1", "e2"));
    }

    @Test
    void aVoidedEventStaysReadableAndCannotBeVoidedTwice() {
        // Given
        String meter = meter("sum", "tokens");
        post(sender, EVENT, event(meter, "e1", "2026-01-05T10:00:00Z", Map.of("tokens", 10)));
        String id = idOf(meter, 0);
        voidEvent(sender, id).then().statusCode(204);

        // When
        Response again = voidEvent(sender, id);

        // Then
        again.then().spec(problem(409, "usage-event-voided"));
        total(owner, meter, "").then().body("data[0].value", is("0"));
        list(owner, "?meter=" + meter)
                .then()
                .body("data[0].voided_at", notNullValue())
                .body("data[0].void_reason", is("test"));
    }

    @Test
    void aRepeatedVoidIsAnsweredAsTheFirst() {
        // Given
        String meter = meter("sum", "tokens");
        post(sender, EVENT, event(meter, "e1", "2026-01-05T10:00:00Z", Map.of("tokens", 10)));
        String id = idOf(meter, 0);
        voidEvent(sender, id, "void-1").then().statusCode(204);

        // When
        Response again = voidEvent(sender, id, "void-1");

        // Then
        again.then().statusCode(204).header("Idempotency-Replayed", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"tenant_id\": 7}", "{\"tenant_id\": \"no-uuid\"}", "{\"no_such_field\": 1}"})
    void aCutoffThatIsNoneIsRefused(String body) {
        given().auth()
                .oauth2(owner)
                .contentType("application/json")
                .body(body)
                .when()
                .post("/v1/usage/cutoffs")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void anUnknownOrForeignEventCannotBeVoided() {
        String meter = meter("count", null);
        post(sender, EVENT, event(meter, "e1", "2026-01-05T10:00:00Z", Map.of()));

        voidEvent(sender, UUID.randomUUID().toString()).then().spec(problem(404, "not-found"));
        voidEvent(Tokens.of(UUID.randomUUID(), "owner"), idOf(meter, 0)).then().spec(problem(404, "not-found"));
        voidEvent(Tokens.of(tenant, "member"), idOf(meter, 0)).then().spec(problem(403, "forbidden"));
        voidEvent(sender, "no-uuid").then().spec(problem(404, "not-found"));
    }

    @Test
    void voidingNeedsAReason() {
        given().auth()
                .oauth2(sender)
                .contentType("application/json")
                .body("{\"reason\":\" \"}")
                .when()
                .post("/v1/usage/events/" + UUID.randomUUID() + "/void")
                .then()
                .spec(invalid("reason"));
    }

    @Test
    void aGenerationOfTheAiIsMeteredOnce() {
        // Given
        String delivery = """
                {"specversion":"1.0","id":"%s","source":"ai-modeling-service","type":"ai.generation.completed.v1",
                 "time":"2026-01-05T10:00:00Z","tenantid":"%s",
                 "data":{"generation_id":"%s","operation":"forecast","provider":"built-in","model":"ets",
                         "input_tokens":30,"output_tokens":14}}""".formatted(UUID.randomUUID(), tenant, UUID.randomUUID());
        deliver(delivery).then().statusCode(204);

        // When
        deliver(delivery).then().statusCode(204);

        // Then
        list(owner, "").then().body("data.type", contains("ai.tokens")).body("data[0].data.total_tokens", is(44));
    }

    private Response deliver(String event) {
        return given().auth()
                .oauth2(Tokens.service("ai-modeling-service"))
                .contentType(EVENT)
                .body(event)
                .when()
                .post("/v1/inbox");
    }

    private Response list(String token, String query) {
        return given().auth().oauth2(token).when().get("/v1/usage/events" + query);
    }

    private String idOf(String meter, int index) {
        return list(owner, "?meter=" + meter).path("data[" + index + "].id");
    }

    private Response voidEvent(String token, String id) {
        return voidEvent(token, id, UUID.randomUUID().toString());
    }

    private Response voidEvent(String token, String id, String key) {
        return given().auth()
                .oauth2(token)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body("{\"reason\":\"test\"}")
                .when()
                .post("/v1/usage/events/" + id + "/void");
    }

    private String cutoff(String token) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{}")
                .when()
                .post("/v1/usage/cutoffs")
                .then()
                .statusCode(200)
                .extract()
                .path("cutoff");
    }
}
