package io.countinghouse.billing;

import static io.restassured.RestAssured.given;

import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** What several tests do over HTTP, as its callers would. */
public final class Billing {
    public static final String DEMO_PRICES = """
            [{"name": "platform fee", "model": "flat", "amount": "49.00"},
             {"name": "input tokens", "model": "graduated", "meter": "input_tokens", "tiers": [
                {"up_to": "1000000", "unit_price": "0"},
                {"up_to": "10000000", "unit_price": "0.0000025"},
                {"unit_price": "0.00000175"}]},
             {"name": "output tokens", "model": "package", "meter": "output_tokens",
              "package_size": "1000", "package_price": "0.012"},
             {"name": "requests", "model": "volume", "meter": "requests", "tiers": [
                {"up_to": "5000", "unit_price": "0.0005"},
                {"up_to": "10000", "unit_price": "0.0004"},
                {"unit_price": "0.0003"}]}]
            """;

    private Billing() {}

    public static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType("application/json");
    }

    public static RequestSpecification operator() {
        return as(Tokens.operator());
    }

    public static RequestSpecification owner(UUID tenant) {
        return as(Tokens.of(tenant, "owner"));
    }

    public static String code(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 13);
    }

    /** A plan in euro, monthly; answers its code. */
    public static String plan(String prices) {
        String code = code("plan");
        operator().body(planBody(code, prices)).post("/v1/billing/plans").then().statusCode(201);
        return code;
    }

    public static String flatPlan(String amount) {
        return plan("[{\"name\": \"fee\", \"model\": \"flat\", \"amount\": \"" + amount + "\"}]");
    }

    /** The body of a plan, for whose meters usage-service answers that it has them, as sums. */
    public static String planBody(String code, String prices) {
        Pattern.compile("['\"]meter['\"]: ['\"]([a-z0-9_.:-]+)['\"]")
                .matcher(prices)
                .results()
                .forEach(found -> meter(found.group(1), "sum"));
        return """
                {"code": "%s", "name": "Plan %s", "currency": "EUR", "interval": "monthly", "prices": %s}""".formatted(code, code, prices);
    }

    public static void profile(UUID tenant) {
        owner(tenant).body(profileBody("DE")).put("/v1/billing/profile").then().statusCode(200);
    }

    public static String profileBody(String country) {
        return """
                {"name": "Acme GmbH", "email": "books@acme.example", "address_line": "Hauptstr. 1",
                 "postal_code": "10115", "city": "Berlin", "country": "%s", "tax_id": "DE999999999"}""".formatted(country);
    }

    /** A tenant with a profile, subscribed by the operator; answers the subscription's id. */
    public static UUID subscription(UUID tenant, String plan, Instant start, Instant end) {
        profile(tenant);
        return UUID.fromString(operator()
                .body(subscriptionBody(tenant, plan, start, end))
                .post("/v1/billing/subscription")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    public static String subscriptionBody(UUID tenant, String plan, Instant start, Instant end) {
        return """
                {"tenant_id": "%s", "plan_code": "%s", "start_at": %s, "end_at": %s}""".formatted(tenant, plan, quoted(start), quoted(end));
    }

    public static ValidatableResponse close(UUID subscription) {
        return operator()
                .post("/v1/billing/subscription/" + subscription + "/close")
                .then();
    }

    public static Response get(UUID tenant, String path) {
        return owner(tenant).get(path);
    }

    /** Makes usage-service answer these totals by meter, and any cutoff with 4711. */
    public static void usage(Map<String, String> totals) {
        StubService.on("POST", "/v1/usage/cutoffs", 201, "{\"cutoff\": \"4711\"}");
        StubService.on("GET", "/v1/usage/metrics", request -> {
            String meter = request.query().replaceAll(".*meter=([^&]*).*", "$1");
            String value = totals.get(meter);
            return value == null
                    ? new StubService.Answer(404, "{\"title\": \"Not found\"}")
                    : new StubService.Answer(
                            200, "{\"meter\": \"m\", \"data\": [{\"value\": \"" + value + "\", \"event_count\": 3}]}");
        });
    }

    /** Makes usage-service have a meter. */
    public static void meter(String key, String aggregation) {
        StubService.on(
                "GET",
                "/v1/usage/meters/" + key,
                200,
                "{\"key\": \"" + key + "\", \"aggregation\": \"" + aggregation + "\"}");
    }

    /** Makes usage-service add up what each meter was sent, by the span that is asked for. */
    public static void used(Map<String, Map<Instant, String>> events) {
        StubService.on("POST", "/v1/usage/cutoffs", 201, "{\"cutoff\": \"4711\"}");
        StubService.on("GET", "/v1/usage/metrics", request -> {
            String query = URLDecoder.decode(request.query(), StandardCharsets.UTF_8);
            Instant from = Instant.parse(query.replaceAll(".*from=([^&]*).*", "$1"));
            Instant to = Instant.parse(query.replaceAll(".*to=([^&]*).*", "$1"));
            BigDecimal sum = events.get(query.replaceAll(".*meter=([^&]*).*", "$1")).entrySet().stream()
                    .filter(event ->
                            !event.getKey().isBefore(from) && event.getKey().isBefore(to))
                    .map(event -> new BigDecimal(event.getValue()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            return new StubService.Answer(200, "{\"data\": [{\"value\": \"" + sum.toPlainString() + "\"}]}");
        });
    }

    /** The events of one type that were delivered about a tenant. */
    public static List<String> events(String type, UUID tenant) {
        return StubService.events(type).stream()
                .filter(event -> event.contains("\"tenantid\":\"" + tenant))
                .toList();
    }

    /** Delivers an event as the sender's outbox would. */
    public static Response deliver(String source, String id, String type, UUID tenant, String data) {
        return given().auth()
                .oauth2(Tokens.service(source))
                .contentType("application/cloudevents+json; charset=UTF-8")
                .body("""
                        {"specversion": "1.0", "id": "%s", "source": "%s", "type": "%s", "tenantid": "%s",
                         "time": "2026-01-01T00:00:00Z", "datacontenttype": "application/json", "data": %s}""".formatted(id, source, type, tenant, data))
                .post("/v1/inbox");
    }

    private static String quoted(Instant instant) {
        return instant == null ? "null" : "\"" + instant + "\"";
    }
}
