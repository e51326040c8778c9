package io.countinghouse.usage.event;

import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.event;
import static io.countinghouse.usage.UsageRequests.list;
import static io.countinghouse.usage.UsageRequests.meter;
import static io.countinghouse.usage.UsageRequests.post;
import static io.countinghouse.usage.UsageRequests.typeOf;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An event belongs to the period of its own time: what is finer than a microsecond is cut (jackc/pgx 699, lib/pq 954,
 * pgjdbc 1211 and vertx-sql-client 1575 are what happens otherwise).
 */
@QuarkusTest
class TimeTest {

    private final UUID tenant = UUID.randomUUID();
    private final String viewer = Tokens.of(tenant, "viewer");
    private final String sender = Tokens.scoped(tenant, "usage:write");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2016-01-31T23:59:59.9999999Z",
                "2016-01-31T23:59:59.999999999Z",
                "2016-01-31T23:59:59.9999995Z",
                "2016-02-01T05:29:59.9999999+05:30",
                "2016-01-31t23:59:59.9999999z"
            })
    void theLastHalfMicrosecondOfAMonthBelongsToTheMonth(String time) {
        // Given
        String meter = meter("sum", "n");

        // When
        post(sender, EVENT, event(meter, "structured", time, Map.of("n", 1000)));
        given().auth()
                .oauth2(sender)
                .contentType("application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "binary")
                .header("ce-source", "test")
                .header("ce-type", typeOf(meter))
                .header("ce-time", time)
                .body("{\"n\":10}")
                .when()
                .post("/v1/usage/events");

        // Then
        total(meter, "2016-01-01T00:00:00Z", "2016-02-01T00:00:00Z").then().body("data[0].value", is("1010"));
        total(meter, "2016-02-01T00:00:00Z", "2016-03-01T00:00:00Z").then().body("data[0].value", is("0"));
        list(viewer, "?meter=" + meter)
                .then()
                .body("data.time", contains("2016-01-31T23:59:59.999999Z", "2016-01-31T23:59:59.999999Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2016-01-31T23:59:59.9999999Z", "2016-01-31T23:59:59.999999999Z"})
    void theBoundsOfAQuestionAreCutLikeTheTimesOfEvents(String bound) {
        // Given
        String meter = meter("sum", "n");
        post(sender, EVENT, event(meter, "last", "2016-01-31T23:59:59.9999999Z", Map.of("n", 1)));
        post(sender, EVENT, event(meter, "next", "2016-02-01T00:00:00Z", Map.of("n", 10)));

        // When
        Response since = total(meter, bound, "2016-03-01T00:00:00Z");
        Response until = total(meter, "2016-01-01T00:00:00Z", bound);
        Response eventsSince = list(viewer, "?meter=" + meter + "&from=" + bound);
        Response eventsUntil = list(viewer, "?meter=" + meter + "&to=" + bound);

        // Then
        since.then().body("data[0].value", is("11")).body("from", is("2016-01-31T23:59:59.999999Z"));
        until.then().body("data[0].value", is("0"));
        eventsSince.then().body("data.event_id", contains("last", "next"));
        eventsUntil.then().body("data", hasSize(0));
    }

    private Response total(String meter, String from, String to) {
        return given().auth()
                .oauth2(viewer)
                .when()
                .get("/v1/usage/metrics?meter=" + meter + "&from=" + from + "&to=" + to);
    }
}
