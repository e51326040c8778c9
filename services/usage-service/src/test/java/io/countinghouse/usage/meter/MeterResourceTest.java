package io.countinghouse.usage.meter;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.event;
import static io.countinghouse.usage.UsageRequests.meter;
import static io.countinghouse.usage.UsageRequests.meterBody;
import static io.countinghouse.usage.UsageRequests.post;
import static io.countinghouse.usage.UsageRequests.total;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MeterResourceTest {

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");
    private final String sender = Tokens.scoped(tenant, "usage:write");

    @Test
    void theOperatorDefinesAMeterThatEveryTenantReads() {
        // Given
        String key = "k" + UUID.randomUUID().toString().replace("-", "");

        // When
        Response answer = define(Tokens.operator(), meterBody(key, "sum", "tokens", "model"));

        // Then
        answer.then().statusCode(201).header("Location", is("/v1/usage/meters/" + key));
        get(owner, "/" + key)
                .then()
                .statusCode(200)
                .body("aggregation", is("sum"))
                .body("group_by", hasItem("model"));
    }

    @Test
    void aKeyIsGivenOnce() {
        String key = meter("count", null);

        define(Tokens.operator(), meterBody(key, "count", null)).then().spec(problem(409, "meter-exists"));
    }

    @Test
    void metersAreListedInPages() {
        meter("count", null);
        meter("count", null);

        Response first = get(owner, "?limit=1");

        first.then().statusCode(200).body("data", hasSize(1)).body("next", notNullValue());
        get(owner, "?limit=1&after=" + first.path("next")).then().body("data", hasSize(1));
        get(owner, "?limit=many").then().spec(invalid("limit"));
        get(owner, "?limit=0").then().spec(invalid("limit"));
        get(owner, "?limit=1001").then().spec(invalid("limit"));
    }

    @Test
    void anUnknownMeterIsNotFound() {
        get(owner, "/nothing").then().spec(problem(404, "not-found"));
    }

    @Test
    void aTenantCannotDefineAMeter() {
        define(owner, meterBody("mine", "count", null)).then().spec(problem(403, "forbidden"));
    }

    @Test
    void badDefinitionsAreRefused() {
        define(Tokens.operator(), meterBody("Has Spaces", "count", null)).then().spec(invalid("key"));
        define(Tokens.operator(), meterBody("k", "median", "x")).then().spec(invalid("aggregation"));
        define(Tokens.operator(), meterBody("k", "sum", null)).then().spec(problem(400, "validation"));
        define(Tokens.operator(), meterBody("k", "count", "x")).then().spec(problem(400, "validation"));
        define(Tokens.operator(), "{\"surprise\":1}").then().spec(invalid("surprise"));
        define(Tokens.operator(), "").then().spec(problem(400, "validation"));
        define(Tokens.operator(), "[]").then().spec(problem(400, "malformed-json"));
    }

    @Test
    void aNewMeterMeasuresThePastToo() {
        // Given
        String first = meter("count", null);
        post(sender, EVENT, event(first, "e1", "2026-01-05T10:00:00Z", Map.of("tokens", 7)));
        String second = "k" + UUID.randomUUID().toString().replace("-", "");
        String body = meterBody(second, "sum", "tokens").replace(second + ".happened", first + ".happened");

        // When
        define(Tokens.operator(), body).then().statusCode(201);

        // Then
        total(owner, second, "").then().body("data[0].value", is("7"));
    }

    @Test
    void theSameKeyDefinesTheMeterOnce() {
        // Given
        String body = meterBody("k" + UUID.randomUUID().toString().replace("-", ""), "count", null);
        String operator = Tokens.operator();
        Response first = defineWithKey(operator, "key-1", body);

        // When
        Response second = defineWithKey(operator, "key-1", body);

        // Then
        second.then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", first.header("Location"))
                .body("id", is(first.<String>path("id")));
    }

    private static Response define(String token, String body) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(body)
                .when()
                .post("/v1/usage/meters");
    }

    private static Response defineWithKey(String token, String key, String body) {
        return given().auth()
                .oauth2(token)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .when()
                .post("/v1/usage/meters");
    }

    private static Response get(String token, String path) {
        return given().auth().oauth2(token).when().get("/v1/usage/meters" + path);
    }
}
