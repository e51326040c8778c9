package io.countinghouse.invoice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What several tests do over HTTP, as its callers would. */
public final class Invoicing {
    public static final String LINES = """
            [{"position": 1, "price_id": "019a0000-0000-7000-8000-000000000001", "price_version": 3,
              "description": "platform fee", "model": "flat", "meter": null, "quantity": "1",
              "amount": {"amount": "49.00", "currency": "EUR"},
              "breakdown": [{"unit": "period", "from": null, "to": null, "quantity": "1", "unit_price": "49",
                             "flat": "0", "amount": "49"}]},
             {"position": 2, "price_id": "019a0000-0000-7000-8000-000000000002", "price_version": 3,
              "description": "input tokens", "model": "graduated", "meter": "input_tokens", "quantity": "18059974",
              "amount": {"amount": "36.60", "currency": "EUR"},
              "breakdown": [
                {"unit": "unit", "from": "0", "to": "1000000", "quantity": "1000000", "unit_price": "0", "flat": "0",
                 "amount": "0"},
                {"unit": "unit", "from": "1000000", "to": "10000000", "quantity": "9000000",
                 "unit_price": "0.0000025", "flat": "0", "amount": "22.5"},
                {"unit": "unit", "from": "10000000", "to": null, "quantity": "8059974",
                 "unit_price": "0.00000175", "flat": "0", "amount": "14.1049545"}]},
             {"position": 3, "price_id": "019a0000-0000-7000-8000-000000000003", "price_version": 3,
              "description": "output tokens", "model": "package", "meter": "output_tokens", "quantity": "245896",
              "amount": {"amount": "2.95", "currency": "EUR"},
              "breakdown": [{"unit": "package", "from": "0", "to": null, "quantity": "246", "unit_price": "0.012",
                             "flat": "0", "amount": "2.952"}]},
             {"position": 4, "price_id": "019a0000-0000-7000-8000-000000000004", "price_version": 3,
              "description": "requests", "model": "volume", "meter": "requests", "quantity": "8819",
              "amount": {"amount": "3.53", "currency": "EUR"},
              "breakdown": [{"unit": "unit", "from": "5000", "to": "10000", "quantity": "8819",
                             "unit_price": "0.0004", "flat": "0", "amount": "3.5276"}]}]
            """;
    public static final String CUSTOMER = """
            {"name": "Müller & Söhne GmbH", "email": "books@mueller.example",
             "address_line": "Hauptstr. 1", "postal_code": "10115", "city": "Berlin",
             "country": "DE", "tax_id": "DE999999999"}""";
    public static final String GERMAN_TAX = "{\"code\": \"DE19\", \"rate_percent\": \"19\"}";

    private Invoicing() {}

    public static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType("application/json");
    }

    public static RequestSpecification operator() {
        return as(Tokens.operator());
    }

    public static RequestSpecification owner(UUID tenant) {
        return as(Tokens.of(tenant, "owner"));
    }

    /** The demo period as billing-service would give it. */
    public static String period(UUID period, UUID tenant, String tax) {
        return """
                {"period_id": "%s", "tenant_id": "%s", "subscription_id": "019a0000-0000-7000-8000-00000000aaaa",
                 "plan_code": "ai", "plan_name": "AI platform", "plan_version": 3, "currency": "EUR",
                 "period_start": "2023-11-01T00:00:00Z", "period_end": "2023-12-01T00:00:00Z", "usage_cutoff": "4711",
                 "customer": %s,
                 "tax": %s, "lines": %s, "net": {"amount": "92.08", "currency": "EUR"}}""".formatted(period, tenant, CUSTOMER, tax, LINES);
    }

    /** Who is billed for a period, as billing-service would give it. */
    public static String party(String customer, String tax) {
        return "{\"customer\": " + customer + ", \"tax\": " + tax + ", \"missing\": []}";
    }

    /** Makes billing-service know the demo period of a tenant; answers its id. */
    public static UUID billedPeriod(UUID tenant) {
        return billedPeriod(tenant, GERMAN_TAX);
    }

    public static UUID billedPeriod(UUID tenant, String tax) {
        return billedPeriod(tenant, tax, text -> text);
    }

    /** @param change of all that billing-service says of the demo period and of its party */
    public static UUID billedPeriod(UUID tenant, String tax, UnaryOperator<String> change) {
        UUID period = UUID.randomUUID();
        StubService.on("GET", "/v1/billing/periods/" + period, 200, change.apply(period(period, tenant, tax)));
        billTo(period, change.apply(CUSTOMER), tax);
        return period;
    }

    /** From now on this customer is billed for a period. */
    public static void billTo(UUID period, String customer, String tax) {
        StubService.on("GET", "/v1/billing/periods/" + period + "/party", 200, party(customer, tax));
    }

    /** Makes billing-service know a period of one flat fee. */
    public static UUID flatPeriod(UUID tenant, String tax, String amount, String currency) {
        String money = "{\"amount\": \"" + amount + "\", \"currency\": \"" + currency + "\"}";
        String line = """
                {"position": 1, "price_id": "019a0000-0000-7000-8000-000000000001", "price_version": 3,
                 "description": "platform fee", "model": "flat", "meter": null, "quantity": "1", "amount": %s,
                 "breakdown": [{"unit": "period", "from": null, "to": null, "quantity": "1", "unit_price": "%s",
                                "flat": "0", "amount": "%s"}]}""".formatted(money, amount, amount);
        return billedPeriod(
                tenant,
                tax,
                text -> text.replace(LINES, "[" + line + "]")
                        .replace("{\"amount\": \"92.08\", \"currency\": \"EUR\"}", money)
                        .replace("\"currency\": \"EUR\",", "\"currency\": \"" + currency + "\","));
    }

    /** A finalized invoice of one flat fee with 19 % tax; answers its id. */
    public static String finalizedFlat(UUID tenant, String amount) {
        return finalizedPeriod(flatPeriod(tenant, GERMAN_TAX, amount, "EUR"));
    }

    public static String finalizedPeriod(UUID period) {
        String id = generate(period).path("id");
        act(id, "finalize").then().statusCode(200);
        return id;
    }

    public static Response generate(UUID period) {
        return operator().body("{\"period_id\": \"" + period + "\"}").post("/v1/invoices/generate");
    }

    /** A draft of the demo period; answers its id. */
    public static String draft(UUID tenant) {
        return generate(billedPeriod(tenant))
                .then()
                .statusCode(anyOf(is(200), is(201)))
                .extract()
                .path("id");
    }

    /** A finalized invoice of the demo period; answers its id. */
    public static String finalized(UUID tenant) {
        String id = draft(tenant);
        act(id, "finalize").then().statusCode(200);
        return id;
    }

    /** Credits lines or an amount, as {@code what} says. */
    public static Response credit(String id, String what) {
        return operator()
                .body("{\"invoice_id\": \"" + id + "\", " + what + ", \"reason\": \"wrong plan\"}")
                .post("/v1/credit-notes");
    }

    public static String amount(String amount) {
        return "\"amount\": {\"amount\": \"" + amount + "\", \"currency\": \"EUR\"}";
    }

    /** Finalize or void. */
    public static Response act(String id, String action) {
        return operator().post("/v1/invoices/" + id + "/" + action);
    }

    public static Response pay(String id, String body) {
        return operator().body(body).post("/v1/invoices/" + id + "/pay");
    }

    public static String manual(String reference) {
        return "{\"method\": \"manual\", \"reference\": \"" + reference + "\"}";
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
}
