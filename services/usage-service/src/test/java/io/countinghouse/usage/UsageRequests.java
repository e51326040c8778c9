package io.countinghouse.usage;

import static io.restassured.RestAssured.given;

import io.countinghouse.testing.Tokens;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests that more than one test of this service makes. */
public final class UsageRequests {

    public static final String EVENT = "application/cloudevents+json";
    public static final String BATCH = "application/cloudevents-batch+json";

    private UsageRequests() {}

    /** Defines a meter under a key of its own; answers the key. The event type is the key with {@code .happened}. */
    public static String meter(String aggregation, String property, String... groupBy) {
        String key = "m" + UUID.randomUUID().toString().replace("-", "");
        given().auth()
                .oauth2(Tokens.operator())
                .contentType("application/json")
                .body(meterBody(key, aggregation, property, groupBy))
                .when()
                .post("/v1/usage/meters")
                .then()
                .statusCode(201);
        return key;
    }

    public static Response define(String meterBody) {
        return given().auth()
                .oauth2(Tokens.operator())
                .contentType("application/json")
                .body(meterBody)
                .when()
                .post("/v1/usage/meters");
    }

    /** Like {@link #meter}, for a meter that takes values below zero. */
    public static String meterOfCredits(String aggregation, String property) {
        String key = "m" + UUID.randomUUID().toString().replace("-", "");
        define(meterBody(key, aggregation, property).replaceFirst("\\{", "{\"allow_negative\":true,"))
                .then()
                .statusCode(201);
        return key;
    }

    public static String meterBody(String key, String aggregation, String property, String... groupBy) {
        String groups = IntStream.range(0, groupBy.length)
                .mapToObj(i -> "\"" + groupBy[i] + "\"")
                .collect(Collectors.joining(","));
        return """
                {"key":"%s","name":"a meter","event_type":"%s","aggregation":"%s","value_property":%s,"group_by":[%s]}""".formatted(key, typeOf(key), aggregation, property == null ? "null" : "\"" + property + "\"", groups);
    }

    public static String typeOf(String meter) {
        return meter + ".happened";
    }

    public static String event(String meter, String id, String time, Map<String, ?> data) {
        String properties = data.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":"
                        + (entry.getValue() instanceof Number ? entry.getValue() : "\"" + entry.getValue() + "\""))
                .collect(Collectors.joining(","));
        return """
                {"specversion":"1.0","id":"%s","source":"test","type":"%s","time":"%s","data":{%s}}""".formatted(id, typeOf(meter), time, properties);
    }

    /** An event whose data holds one property, written as it stands. */
    public static String eventWith(String meter, String id, String property, String literal) {
        return """
                {"specversion":"1.0","id":"%s","source":"test","type":"%s","time":"2026-01-05T10:00:00Z","data":{"%s":%s}}""".formatted(id, typeOf(meter), property, literal);
    }

    public static Response post(String token, String contentType, String body) {
        return given().auth()
                .oauth2(token)
                .contentType(contentType)
                .body(body)
                .when()
                .post("/v1/usage/events");
    }

    public static Response list(String token, String query) {
        return given().auth().oauth2(token).when().get("/v1/usage/events" + query);
    }

    public static Response voidEvent(String token, String id) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{\"reason\":\"test\"}")
                .when()
                .post("/v1/usage/events/" + id + "/void");
    }

    public static Response total(String token, String meter, String more) {
        return given().auth()
                .oauth2(token)
                .when()
                .get("/v1/usage/metrics?meter=" + meter + "&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z" + more);
    }
}
