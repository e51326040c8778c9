package io.countinghouse.ai.generation;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.countinghouse.ai.Stubs;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class GenerateTest {

    private static final String EVENT = "ai.generation.completed.v1";

    private final UUID tenant = UUID.randomUUID();

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void answers() {
        StubService.reset();
        Stubs.fourWeeksOfUsage();
    }

    @Test
    void aLineWithAWeeklySeasonIsForecastAsItGoesOn() {
        JsonPath output = generate(forecast())
                .statusCode(201)
                .body("tenant_id", is(tenant.toString()))
                .body("provider", is("built-in"))
                .body("output.method", is("seasonal-line"))
                .body("output.season_length", is(7))
                .body("output.level", is(95))
                .body("output.history_windows", is(28))
                .body("output.points.size()", is(7))
                .body("output.points[0].window_start", is("2026-03-30T00:00:00Z"))
                .body("output.points[6].window_end", is("2026-04-06T00:00:00Z"))
                .body("latency_ms", notNullValue())
                .extract()
                .jsonPath();

        for (int day = 0; day < 7; day++) {
            assertThat(Double.parseDouble(output.getString("output.points[" + day + "].value")))
                    .isBetween(Stubs.dailyValue(28 + day) - 0.01, Stubs.dailyValue(28 + day) + 0.01);
        }
    }

    @Test
    void theTotalOfASumHasAnIntervalAroundIt() {
        Stubs.usage(
                days("100", "110", "105", "108", "95", "40", "35", "101", "109", "106", "107", "96", "39", "36"),
                "sum");

        JsonPath output = generate(forecast()).statusCode(201).extract().jsonPath();

        double total = Double.parseDouble(output.getString("output.total"));
        assertThat(total).isBetween(580.0, 605.0);
        assertThat(Double.parseDouble(output.getString("output.total_lower"))).isBetween(500.0, total - 1);
        assertThat(Double.parseDouble(output.getString("output.total_upper"))).isBetween(total + 1, 690.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "max", "min", "unique_count"})
    void whatDoesNotAddUpHasNoTotal(String aggregation) {
        Stubs.usage(days("10", "10", "10", "12", "12", "12", "12"), aggregation);

        generate(forecast())
                .statusCode(201)
                .body("output.aggregation", is(aggregation))
                .body("output.total", nullValue())
                .body("output.total_lower", nullValue())
                .body("output.history_total", nullValue());
    }

    @Test
    void monthsAreForecastWithTheSeasonOfTheYear() {
        // Given
        OffsetDateTime first = OffsetDateTime.parse("2022-01-01T00:00:00Z");
        Stubs.usage(
                IntStream.range(0, 48)
                        .mapToObj(i -> Stubs.total(first.plusMonths(i).toInstant(), i % 12 == 11 ? "500" : "100"))
                        .collect(Collectors.joining(",")),
                "sum");
        Map<String, Object> body = forecast();
        body.putAll(Map.of("window", "month", "from", "2022-01-01T00:00:00Z", "to", "2026-01-17T08:00:00Z"));
        body.remove("horizon");

        // When
        ValidatableResponse answer = generate(body);

        // Then
        answer.statusCode(201)
                .body("output.season_length", is(12))
                .body("output.history_to", is("2026-01-01T00:00:00Z"))
                .body("output.points.size()", is(12))
                .body("output.points[1].window_start", is("2026-02-01T00:00:00Z"))
                .body("output.points[1].window_end", is("2026-03-01T00:00:00Z"))
                .body("output.points[10].value", is("100"))
                .body("output.points[11].value", is("500"));
    }

    @Test
    void theHistoryIsReadForTheCallersTenant() {
        generate(forecast()).statusCode(201);

        assertThat(StubService.requests("GET", "/v1/usage/metrics"))
                .singleElement()
                .extracting(StubService.Request::query)
                .asString()
                .contains("tenant_id=" + tenant, "meter=tokens", "window=day", "from=2026-03-01", "to=2026-03-30");
    }

    @Test
    void aGenerationIsMeteredAsUsage() {
        String id = generate(forecast()).statusCode(201).extract().path("id");

        await().untilAsserted(() -> assertThat(StubService.events(EVENT))
                .filteredOn(event -> event.contains(id))
                .singleElement()
                .asString()
                .contains("\"operation\":\"forecast\"", "\"provider\":\"built-in\"")
                .contains("\"input_tokens\":28", "\"output_tokens\":21"));
    }

    @Test
    void aGenerationIsInTheAuditTrailAndCounted() {
        double before = metrics.counter("ai.generations").count();

        String id = generate(forecast()).statusCode(201).extract().path("id");

        assertThat(metrics.counter("ai.generations").count()).isEqualTo(before + 1);
        await().untilAsserted(() -> assertThat(StubService.events("countinghouse.audit.recorded.v1"))
                .anyMatch(event -> event.contains("ai.generated") && event.contains(id)));
    }

    @Test
    void anExplanationIsTextWithTheForecastBehindIt() {
        Map<String, Object> body = forecast();
        body.put("operation", "explain");

        generate(body)
                .statusCode(201)
                .body(
                        "output.text",
                        startsWith("From 2 March 2026 to 29 March 2026 (28 days), the meter 'tokens' came to"))
                .body("output.forecast.points.size()", is(7));
    }

    @Test
    void theSameKeyGivesTheSameGenerationAndMetersItOnce() {
        // Given
        String key = UUID.randomUUID().toString();
        String first = generate(forecast(), key).statusCode(201).extract().asString();

        // When
        ValidatableResponse second = generate(forecast(), key);

        // Then
        second.statusCode(201).body(equalTo(first));
        String id = JsonPath.from(first).getString("id");
        await().untilAsserted(() -> assertThat(StubService.events(EVENT))
                .filteredOn(event -> event.contains(id))
                .hasSize(1));
        assertThat(StubService.events(EVENT))
                .filteredOn(event -> event.contains(tenant.toString()))
                .hasSize(1);
    }

    @Test
    void theSameKeyForAnotherForecastIsRefused() {
        String key = UUID.randomUUID().toString();
        generate(forecast(), key).statusCode(201);
        Map<String, Object> body = forecast();
        body.put("horizon", 3);

        generate(body, key).spec(problem(422, "idempotency-key-reused"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "operation, nonsense",
                "operation, null",
                "provider, nonsense",
                "meter, null",
                "meter, ''",
                "window, year",
                "from, yesterday",
                "to, -999999999-01-01T00:00:00Z",
                "from, 2026-03-30T00:00:00Z",
                "from, 1999-01-01T00:00:00Z"
            })
    void whatIsMissingOrMalformedIsNamed(String field, String value) {
        Map<String, Object> body = forecast();
        body.put(field, value);

        generate(body).spec(invalid(field));
    }

    @ParameterizedTest
    @CsvSource({"horizon, 0", "horizon, 367", "level, 42"})
    void numbersOutOfRangeAreNamed(String field, int value) {
        Map<String, Object> body = forecast();
        body.put(field, value);

        generate(body).spec(invalid(field));
    }

    @Test
    void anUnknownMeterIsNotFound() {
        StubService.on("GET", "/v1/usage/metrics", 404, "{\"status\":404}");

        generate(forecast()).spec(problem(404, "not-found"));
    }

    @Test
    void withoutUsageServiceThereIsNoForecastNow() {
        StubService.on("GET", "/v1/usage/metrics", 500, "{}");

        generate(forecast()).spec(problem(503, "usage-unavailable")).header("Retry-After", "5");
    }

    @Test
    void tooLittleHistoryIsToldAsSuch() {
        Stubs.usage(Stubs.total(Stubs.FIRST_DAY.plusSeconds(27 * 86_400), "5"), "sum");

        generate(forecast()).spec(problem(422, "not-enough-history"));
    }

    @Test
    void anotherTenantCannotBeNamed() {
        Map<String, Object> body = forecast();
        body.put("tenant_id", UUID.randomUUID().toString());

        generate(body).spec(problem(404, "not-found"));
    }

    @Test
    void theOperatorMustNameATenant() {
        generate(Tokens.operator(), forecast(), null).spec(invalid("tenant_id"));
    }

    @Test
    void theOperatorForecastsForATenant() {
        Map<String, Object> body = forecast();
        body.put("tenant_id", tenant.toString());

        generate(Tokens.operator(), body, null).statusCode(201).body("tenant_id", is(tenant.toString()));
    }

    @Test
    void viewersOnlyLook() {
        generate(Tokens.of(tenant, "viewer"), forecast(), null).spec(problem(403, "forbidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin", "billing", "member"})
    void thePeopleOfATenantMayForecast(String role) {
        generate(Tokens.of(tenant, role), forecast(), null).statusCode(201);
    }

    @Test
    void aMachineOfTheTenantMayForecast() {
        generate(Tokens.scoped(tenant, "ai:use"), forecast(), null).statusCode(201);
    }

    @Test
    void theBuiltInProviderDoesNotChat() {
        generate(Map.of(
                        "operation", "chat",
                        "provider", "built-in",
                        "messages", List.of(Map.of("role", "user", "content", "Hello"))))
                .spec(problem(422, "operation-not-supported"));
    }

    @Test
    void aLanguageModelDoesNotForecast() {
        Map<String, Object> body = forecast();
        body.put("provider", "openai-compatible");

        generate(body).spec(problem(422, "operation-not-supported"));
    }

    private static String days(String... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> Stubs.total(Stubs.FIRST_DAY.plusSeconds((28L - values.length + i) * 86_400), values[i]))
                .collect(Collectors.joining(","));
    }

    private static Map<String, Object> forecast() {
        return new HashMap<>(Map.of(
                "operation", "forecast",
                "meter", "tokens",
                "from", "2026-03-01T00:00:00Z",
                "to", "2026-03-30T00:00:00Z",
                "window", "day",
                "horizon", 7));
    }

    private ValidatableResponse generate(Map<String, Object> body) {
        return generate(body, null);
    }

    private ValidatableResponse generate(Map<String, Object> body, String key) {
        return generate(Tokens.of(tenant, "owner"), body, key);
    }

    private static ValidatableResponse generate(String token, Map<String, Object> body, String key) {
        var request = given().auth().oauth2(token).contentType(ContentType.JSON).body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/v1/ai/generate").then();
    }
}
