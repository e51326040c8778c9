package io.countinghouse.usage.event;

import static io.countinghouse.testing.Problems.problem;
import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.event;
import static io.countinghouse.usage.UsageRequests.list;
import static io.countinghouse.usage.UsageRequests.meter;
import static io.countinghouse.usage.UsageRequests.meterOfCredits;
import static io.countinghouse.usage.UsageRequests.post;
import static io.countinghouse.usage.UsageRequests.total;
import static io.countinghouse.usage.UsageRequests.voidEvent;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.countinghouse.testing.Tokens;
import io.countinghouse.usage.UsageRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An installation that lets customers report their own usage. */
@QuarkusTest
@TestProfile(SelfReportingTest.SelfReporting.class)
class SelfReportingTest {

    private static final String AT = "2026-01-05T10:00:00Z";

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");
    private final String sender = Tokens.scoped(tenant, "usage:write");

    @Test
    void theCustomersOwnReportNeverTakesTheNameOfTheOperatorsEvent() {
        // Given
        String meter = meter("sum", "v");
        post(owner, EVENT, event(meter, "2", AT, Map.of("v", 0))).then().statusCode(200);

        // When
        Response operators = post(sender, EVENT, event(meter, "2", AT, Map.of("v", 500)));

        // Then
        operators.then().body("accepted", is(1)).body("duplicates", is(0));
        total(owner, meter, "").then().body("data[0].value", is("500"));
        list(owner, "?meter=" + meter)
                .then()
                .body("data.source", contains("self-reported/test", "test"))
                .body("data.self_reported", contains(true, false));
    }

    @Test
    void bothSendersOfOneNameAtOnceCount() throws Exception {
        // Given
        String meter = meter("sum", "v");
        List<Callable<Response>> requests = IntStream.range(0, 20)
                .<Callable<Response>>mapToObj(i -> () -> post(
                        i % 2 == 0 ? owner : sender, EVENT, event(meter, "one", AT, Map.of("v", i % 2 == 0 ? 1 : 500))))
                .toList();

        // When
        try (ExecutorService pool = Executors.newFixedThreadPool(20)) {
            pool.invokeAll(requests);
        }

        // Then
        total(owner, meter, "").then().body("data[0].value", is("501")).body("data[0].event_count", is(2));
    }

    @Test
    void aMachineOfTheTenantReportsToo() {
        String meter = meter("sum", "v");

        post(Tokens.scoped(tenant, "usage:report"), EVENT, event(meter, "1", AT, Map.of("v", 3)))
                .then()
                .statusCode(200)
                .body("accepted", is(1));

        total(owner, meter, "").then().body("data[0].value", is("3"));
    }

    @Test
    void aReportIsNeverNegativeNotEvenOnAMeterOfCredits() {
        // Given
        String meter = meterOfCredits("sum", "v");

        // When
        Response answer = post(owner, EVENT, event(meter, "1", AT, Map.of("v", -5)));

        // Then
        answer.then()
                .spec(problem(422, "usage-not-measurable"))
                .body("detail", containsString("'-5' in 'v' is negative"));
    }

    @Test
    void aNegativeReportFromBeforeTheMeterCountsAsNothing() {
        // Given
        String meter = "m" + UUID.randomUUID().toString().replace("-", "");
        post(owner, EVENT, event(meter, "1", AT, Map.of("v", -5)));
        post(sender, EVENT, event(meter, "1", AT, Map.of("v", -2)));

        // When
        Response defined = UsageRequests.define(
                UsageRequests.meterBody(meter, "sum", "v").replaceFirst("\\{", "{\"allow_negative\":true,"));

        // Then
        defined.then().statusCode(201).body("unmeasured_events", is(1));
        total(owner, meter, "").then().body("data[0].value", is("-2"));
    }

    @Test
    void theCustomerVoidsItsOwnReportsAndNeverTheOperatorsEvents() {
        // Given
        String meter = meter("sum", "v");
        post(owner, EVENT, event(meter, "1", AT, Map.of("v", 7)));
        post(sender, EVENT, event(meter, "1", AT, Map.of("v", 500)));
        List<String> ids = list(owner, "?meter=" + meter).path("data.id");

        // When
        Response own = voidEvent(owner, ids.get(0));
        Response operators = voidEvent(owner, ids.get(1));

        // Then
        own.then().statusCode(204);
        operators.then().spec(problem(403, "forbidden")).body("detail", containsString("is the operator's"));
        total(owner, meter, "").then().body("data[0].value", is("500"));
    }

    @Test
    void aCustomerCannotReportForAnother() {
        String event =
                event("x", "1", AT, Map.of()).replaceFirst("\\{", "{\"tenantid\":\"" + UUID.randomUUID() + "\",");

        post(owner, EVENT, event).then().spec(problem(404, "not-found"));
    }

    /** Switched on. */
    public static class SelfReporting implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("countinghouse.usage.self-reporting", "true");
        }
    }
}
