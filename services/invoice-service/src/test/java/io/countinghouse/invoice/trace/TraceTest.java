package io.countinghouse.invoice.trace;

import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TraceTest {
    private final UUID tenant = UUID.randomUUID();

    @BeforeEach
    void usageOfTwoPages() {
        StubService.on(
                "GET",
                "/v1/usage/metrics",
                200,
                "{\"meter\": \"input_tokens\", \"data\": [{\"value\": \"18059974\", \"event_count\": 8819}]}");
        StubService.on(
                "GET",
                "/v1/usage/events",
                request -> new StubService.Answer(
                        200,
                        request.query().contains("after=17") ? page("e-2", 18, "null") : page("e-1", 17, "\"17\"")));
    }

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void aLineNamesItsPriceAndEveryEventBehindIt() {
        // Given
        String id = finalized(tenant);
        // When
        var trace = owner(tenant).get("/v1/invoices/" + id + "/lines/2/trace?limit=1");
        // Then
        trace.then()
                .statusCode(200)
                .body("plan_code", is("ai"))
                .body("price_version", is(3))
                .body("meter", is("input_tokens"))
                .body("period_start", is("2023-11-01T00:00:00Z"))
                .body("usage_cutoff", is("4711"))
                .body("quantity", is("18059974"))
                .body("breakdown", hasSize(3))
                .body("event_count", is(8819))
                .body("events.data.event_id", contains("e-1"))
                .body("events.next", is("17"));
        assertThat(StubService.requests("GET", "/v1/usage/events"))
                .singleElement()
                .satisfies(request -> assertThat(request.query())
                        .contains("tenant_id=" + tenant)
                        .contains("meter=input_tokens")
                        .contains("as_of=4711")
                        .contains("limit=1"));
    }

    @Test
    void theNextPageFollows() {
        // Given
        String id = finalized(tenant);
        // When
        var trace = owner(tenant).get("/v1/invoices/" + id + "/lines/2/trace?after=17");
        // Then
        trace.then().body("events.data.event_id", contains("e-2")).body("events.next", nullValue());
    }

    @Test
    void aFlatFeeHasNoEvents() {
        // Given
        String id = finalized(tenant);
        // When
        var trace = owner(tenant).get("/v1/invoices/" + id + "/lines/1/trace");
        // Then
        trace.then()
                .statusCode(200)
                .body("meter", nullValue())
                .body("event_count", is(0))
                .body("events.data", empty());
        assertThat(StubService.requests("GET", "/v1/usage/events")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "-1"})
    void aLineThatTheInvoiceDoesNotHaveIsNotFound(String line) {
        // Given
        String id = finalized(tenant);
        // When
        var refused = owner(tenant).get("/v1/invoices/" + id + "/lines/" + line + "/trace");
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001"})
    void aPageHasALimit(String query) {
        // Given
        String id = finalized(tenant);
        // When
        var refused = owner(tenant).get("/v1/invoices/" + id + "/lines/2/trace?" + query);
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void whenUsageServiceIsAwayTheAnswerSaysWhenToTryAgain() {
        // Given
        String id = finalized(tenant);
        StubService.on("GET", "/v1/usage/events", 500, "{}");
        // When
        var refused = owner(tenant).get("/v1/invoices/" + id + "/lines/2/trace");
        // Then
        refused.then().spec(Problems.problem(503, "usage-unavailable")).header("Retry-After", is("5"));
    }

    @Test
    void anotherTenantsLineDoesNotExist() {
        // Given
        String id = finalized(tenant);
        // When
        var refused = owner(UUID.randomUUID()).get("/v1/invoices/" + id + "/lines/2/trace");
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        assertThat(StubService.requests("GET", "/v1/usage/events")).isEmpty();
    }

    private static String page(String eventId, int sequence, String next) {
        return """
                {"data": [{"id": "%s", "source": "gateway", "event_id": "%s", "type": "llm.request",
                           "time": "2023-11-16T18:17:03Z", "value": "4808", "data": {"context_tokens": 4808},
                           "sequence": "%d"}], "next": %s}""".formatted(UUID.randomUUID(), eventId, sequence, next);
    }
}
