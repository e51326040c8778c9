package io.countinghouse.usage.metric;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.event;
import static io.countinghouse.usage.UsageRequests.meter;
import static io.countinghouse.usage.UsageRequests.post;
import static io.countinghouse.usage.UsageRequests.total;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class UsageMetricResourceTest {

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");
    private final String sender = Tokens.scoped(tenant, "usage:write");

    @ParameterizedTest
    @CsvSource({"count,4", "sum,10.7", "min,0.2", "max,5", "unique_count,3", "latest,0.2"})
    void eachAggregationHasItsTotal(String aggregation, String expected) {
        // Given
        String meter = meter(aggregation, aggregation.equals("count") ? null : "v");
        post(sender, EVENT, event(meter, "a", "2026-01-05T10:00:00Z", Map.of("v", "5")));
        post(sender, EVENT, event(meter, "b", "2026-01-07T10:00:00Z", Map.of("v", "0.2")));
        post(sender, EVENT, event(meter, "c", "2026-01-06T10:00:00Z", Map.of("v", "0.5")));
        post(sender, EVENT, event(meter, "d", "2026-01-05T12:00:00Z", Map.of("v", "5")));
        post(sender, EVENT, event(meter, "outside", "2026-02-01T00:00:00Z", Map.of("v", "99")));

        // When
        var answer = total(owner, meter, "");

        // Then
        answer.then().statusCode(200).body("data[0].value", is(expected)).body("data[0].event_count", is(4));
    }

    @Test
    void withoutEventsASumIsZeroAndAMinimumIsNothing() {
        total(owner, meter("sum", "v"), "").then().body("data[0].value", is("0"));
        total(owner, meter("min", "v"), "").then().body("data[0].value", nullValue());
    }

    @Test
    void totalsAreSplitByWindowsAndGroups() {
        // Given
        String meter = meter("sum", "v", "model");
        post(sender, EVENT, event(meter, "a", "2026-01-05T10:00:00Z", Map.of("v", 1, "model", "s")));
        post(sender, EVENT, event(meter, "b", "2026-01-05T23:59:59Z", Map.of("v", 2, "model", "l")));
        post(sender, EVENT, event(meter, "c", "2026-01-06T00:00:00Z", Map.of("v", 4, "model", "l")));

        // When
        var byDay = total(owner, meter, "&window=day");
        var byModel = total(owner, meter, "&group_by=model");

        // Then
        byDay.then()
                .body("data.value", contains("3", "4"))
                .body("data.window_start", contains("2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z"))
                .body("data.window_end", contains("2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z"));
        byModel.then().body("data.group.model", contains("l", "s")).body("data.value", contains("6", "1"));
    }

    @Test
    void anotherTenantsUsageIsNotCounted() {
        String meter = meter("count", null);
        post(sender, EVENT, event(meter, "a", "2026-01-05T10:00:00Z", Map.of()));

        total(Tokens.of(UUID.randomUUID(), "viewer"), meter, "").then().body("data[0].value", is("0"));
        total(Tokens.of(UUID.randomUUID(), "viewer"), meter, "&tenant_id=" + tenant)
                .then()
                .spec(problem(404, "not-found"));
        total(Tokens.service("billing-service"), meter, "&tenant_id=" + tenant)
                .then()
                .body("data[0].value", is("1"));
    }

    @Test
    void badQueriesAreRefused() {
        String meter = meter("sum", "v", "model");
        total(owner, "nothing", "").then().spec(problem(404, "not-found"));
        total(owner, meter, "&group_by=colour").then().spec(invalid("group_by"));
        total(Tokens.operator(), meter, "").then().spec(invalid("tenant_id"));
        query("?meter=" + meter + "&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                .then()
                .spec(invalid("to"));
        query("?meter=" + meter).then().spec(invalid("from"));
        query("?meter=" + meter + "&from=yesterday&to=2026-01-01T00:00:00Z")
                .then()
                .spec(invalid("from"));
        total(owner, meter, "&window=fortnight").then().spec(invalid("window"));
        total(owner, meter, "&as_of=then").then().spec(invalid("as_of"));
        total(Tokens.operator(), meter, "&tenant_id=nobody").then().spec(invalid("tenant_id"));
        query("?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z").then().spec(invalid("meter"));
    }

    private io.restassured.response.Response query(String query) {
        return given().auth().oauth2(owner).when().get("/v1/usage/metrics" + query);
    }
}
