package io.countinghouse.usage.event;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.define;
import static io.countinghouse.usage.UsageRequests.eventWith;
import static io.countinghouse.usage.UsageRequests.list;
import static io.countinghouse.usage.UsageRequests.meter;
import static io.countinghouse.usage.UsageRequests.meterBody;
import static io.countinghouse.usage.UsageRequests.meterOfCredits;
import static io.countinghouse.usage.UsageRequests.post;
import static io.countinghouse.usage.UsageRequests.total;
import static io.countinghouse.usage.UsageRequests.typeOf;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers are numbers, whatever notation a sender's library writes them in (FasterXML/jackson-databind 228, 3650, 3651 and
 * 5605; json.dumps(1e-7) of Python), and a meter says which of them it takes.
 */
@QuarkusTest
class NumbersTest {

    private final UUID tenant = UUID.randomUUID();
    private final String viewer = Tokens.of(tenant, "viewer");
    private final String sender = Tokens.scoped(tenant, "usage:write");

    @ParameterizedTest
    @CsvSource({
        "100.0, 100",
        "10.0, 10",
        "200000.0, 200000",
        "1000000.00, 1000000",
        "1e3, 1000",
        "1E+3, 1000",
        "0.00000015, 0.00000015",
        "1e-9, 0.000000001",
        "1.5e-7, 0.00000015",
        "1e29, 100000000000000000000000000000",
        "1e-30, 0.000000000000000000000000000001",
        "12345678.9, 12345678.9",
        "-0, 0",
        "-0.0, 0",
        "0e999999999, 0",
        "'\"100\"', 100",
        "'\"0.10\"', 0.1"
    })
    void aNumberIsTakenAndExactInEachNotation(String literal, String value) {
        // Given
        String meter = meter("sum", "n");

        // When
        Response structured = post(sender, EVENT, eventWith(meter, "e1", "n", literal));
        Response binary = given().auth()
                .oauth2(sender)
                .contentType("application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "e1")
                .header("ce-source", "test")
                .header("ce-type", typeOf(meter))
                .body("{\"n\":" + literal + "}")
                .when()
                .post("/v1/usage/events");

        // Then
        structured.then().statusCode(200).body("accepted", is(1));
        binary.then().statusCode(200).body("duplicates", is(1));
        total(viewer, meter, "").then().body("data[0].value", is(value));
        list(viewer, "?meter=" + meter).then().body("data[0].value", is(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e30",
                "1e31",
                "1e-31",
                "0.0000000000000000000000000000001",
                "\"1e3\"",
                "\" 5\"",
                "\"+5\"",
                "\".5\"",
                "\"0,5\"",
                "\"٣\"",
                "\"5\\n\"",
                "true",
                "null",
                "[1]",
                "{}"
            })
    void whatIsNotANumberOfAtMostThirtyDigitsIsRefusedWithTheRule(String literal) {
        // Given
        String meter = meter("sum", "n");

        // When
        Response answer = post(sender, EVENT, eventWith(meter, "e1", "n", literal));

        // Then
        answer.then().spec(problem(422, "usage-not-measurable")).body("detail", containsString("meter '" + meter));
        total(viewer, meter, "").then().body("data[0].event_count", is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "1e2147483647", "1e-2147483647", "1e1001"})
    void aHostileExponentIsRefusedWhereverItStands(String literal) {
        String event = eventWith("x", "e1", "n", literal);

        post(sender, EVENT, event).then().spec(problem(400, "number-out-of-range"));
        post(sender, EVENT, event.replace(literal, "{\"deep\":[" + literal + "]}"))
                .then()
                .spec(problem(400, "number-out-of-range"));
        given().auth()
                .oauth2(sender)
                .contentType("application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "e1")
                .header("ce-source", "test")
                .header("ce-type", "x")
                .body("{\"n\":" + literal + "}")
                .when()
                .post("/v1/usage/events")
                .then()
                .spec(problem(400, "number-out-of-range"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1706745600", "1706745600000", "\"\"", "true"})
    void aTimeIsATextAndNothingElse(String literal) {
        String event = eventWith("x", "e1", "n", "1").replace("\"2026-01-05T10:00:00Z\"", literal);

        post(sender, EVENT, event).then().spec(invalid("time")).body("detail", containsString("RFC 3339"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum", "min", "max", "latest"})
    void aNegativeNumberIsRefusedUnlessTheMeterAllowsIt(String aggregation) {
        // Given
        String plain = meter(aggregation, "n");
        String credits = meterOfCredits(aggregation, "n");

        // When
        Response refused = post(sender, EVENT, eventWith(plain, "e1", "n", "-0.5"));
        Response taken = post(sender, EVENT, eventWith(credits, "e1", "n", "-0.5"));

        // Then
        refused.then()
                .spec(problem(422, "usage-not-measurable"))
                .body(
                        "detail",
                        containsString("'-0.5' in 'n' is negative; meter '" + plain + "' takes numbers of 0 or more"));
        taken.then().statusCode(200);
        total(viewer, plain, "").then().body("data[0].event_count", is(0));
        total(viewer, credits, "").then().body("data[0].value", is("-0.5"));
    }

    @Test
    void aValueThatIsOnlyToldApartMayBeNegative() {
        // Given
        String meter = meter("unique_count", "n");
        post(sender, EVENT, eventWith(meter, "e1", "n", "-1"));

        // When
        Response answer = post(sender, EVENT, eventWith(meter, "e2", "n", "\"-2\""));

        // Then
        answer.then().statusCode(200);
        total(viewer, meter, "").then().body("data[0].value", is("2"));
    }

    @Test
    void oneNumberInThreeNotationsIsOneValueAndOneGroup() {
        // Given
        String meter = meter("unique_count", "n", "n");
        post(sender, EVENT, eventWith(meter, "e1", "n", "100"));
        post(sender, EVENT, eventWith(meter, "e2", "n", "100.0"));
        post(sender, EVENT, eventWith(meter, "e3", "n", "1e2"));

        // When
        Response answer = total(viewer, meter, "&group_by=n");

        // Then
        answer.then().body("data.value", contains("1")).body("data[0].group.n", is("100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"count", "unique_count"})
    void onlyAMeterOfNumbersCanAllowNegativeOnes(String aggregation) {
        String body = meterBody("k", aggregation, aggregation.equals("count") ? null : "n")
                .replaceFirst("\\{", "{\"allow_negative\":true,");

        define(body).then().spec(problem(400, "validation")).body("detail", containsString("could be negative"));
    }

    @Test
    void aMeterMeasuresThePastAndSaysWhatOfItItCannot() {
        // Given
        String meter = "m" + UUID.randomUUID().toString().replace("-", "");
        String[] literals = {"100.0", "1e3", "1e-9", "\"5\"", "-1", "1e30", "\"many\"", "null", "0.5"};
        for (int i = 0; i < literals.length; i++) {
            post(sender, EVENT, eventWith(meter, "e" + i, "n", literals[i]));
        }

        // When
        Response defined = define(meterBody(meter, "sum", "n"));

        // Then
        defined.then().statusCode(201).body("unmeasured_events", is(4)).body("allow_negative", is(false));
        total(viewer, meter, "")
                .then()
                .body("data[0].value", is("1105.500000001"))
                .body("data[0].event_count", is(5));
        list(viewer, "?meter=" + meter).then().body("data", hasSize(5));
        list(viewer, "?meter=" + meter + "&unmeasured=true")
                .then()
                .body("data.event_id", contains("e4", "e5", "e6", "e7"))
                .body("data.value", contains(nullValue(), nullValue(), nullValue(), nullValue()));
    }

    @Test
    void unmeasuredNeedsAMeter() {
        list(viewer, "?unmeasured=true").then().spec(invalid("unmeasured"));
    }
}
