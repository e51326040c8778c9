package io.countinghouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.operations.journey.Login;
import io.countinghouse.operations.secret.Account;
import io.countinghouse.stack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Two customers and every operation of the seven OpenAPI documents: what belongs to one is not there for the other. An
 * operation that this test does not know fails it, so that a new one cannot be forgotten.
 */
class TenancyTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");

    /** The operator's catalogues and the public documents: the same for everybody, or for the operator alone. */
    private static final Set<String> OF_THE_OPERATOR = Set.of(
            "/.well-known/jwks.json",
            "/.well-known/openid-configuration",
            "/v1/auth/keys",
            "/v1/auth/keys/rotate",
            "/v1/auth/revocations",
            "/v1/audit-logs/checkpoint",
            "/v1/audit-logs/consistency",
            "/v1/audit-logs/public-key",
            "/v1/billing/alerts/evaluate",
            "/v1/billing/blocked-charges/{id}/waive",
            "/v1/billing/plans",
            "/v1/billing/plans/{code}",
            "/v1/billing/plans/{code}/audience",
            "/v1/billing/plans/{code}/versions",
            "/v1/billing/tax-rates",
            "/v1/billing/tax-rates/{code}",
            // Whoever has its signature.
            "/v1/notification-documents/{invoice}",
            "/v1/notification-templates",
            "/v1/notification-templates/{id}",
            "/v1/notification-templates/{id}/versions",
            "/v1/notification-templates/{id}/versions/{version}",
            "/v1/usage/meters",
            "/v1/usage/meters/{key}",
            "/v1/usage/system-stats",
            "/v1/dead-letters",
            "/v1/dead-letters/{id}/retry",
            "/v1/inbox");

    /** What speaks of the caller alone and takes nothing that could be another's. */
    private static final Set<String> OF_THE_CALLER = Set.of(
            "POST /v1/auth/login",
            "POST /v1/auth/logout",
            "POST /v1/auth/password",
            "POST /v1/auth/refresh",
            "POST /v1/auth/signup",
            "POST /v1/auth/token",
            "GET /v1/auth/user_info",
            "POST /v1/chat/completions");

    private final HttpClient http = Stack.client();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, ObjectNode> bodies = new HashMap<>();
    private LocalStack stack;
    private Journey theirs;
    private Login other;

    @TestFactory
    List<DynamicTest> anotherTenantsThingsAreNotThere() throws IOException, InterruptedException {
        stack = Stack.get();
        theirs = stack.journey(Stack.small(), "-tenancy");
        makeOneOfEach();
        makeOther();
        describeBodies();

        List<DynamicTest> tests = new ArrayList<>();
        for (ServiceName service : ServiceName.values()) {
            JsonNode document = YAML.readTree(
                    send("GET", "/services/" + service.id() + "/openapi", null).body());
            document.get("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(operation -> {
                        if (VERBS.contains(operation.getKey())) {
                            String name = operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
                            // What cannot be another's gets no test: one that asserts nothing would look like a proof.
                            if (!OF_THE_OPERATOR.contains(path.getKey()) && !OF_THE_CALLER.contains(name)) {
                                tests.add(DynamicTest.dynamicTest(
                                        service.id() + ": " + name,
                                        () -> check(name, path.getKey(), operation.getValue())));
                            }
                        }
                    }));
        }
        assertThat(tests).hasSizeGreaterThan(50);
        return tests;
    }

    private void check(String name, String path, JsonNode operation) throws IOException, InterruptedException {
        String verb = name.substring(0, name.indexOf(' '));
        if (path.contains("{")) {
            String kind = path.substring(0, path.indexOf('{'));
            assertThat(ids).as("%s is new: say here whose id it takes", name).containsKey(kind);
            isNotThere(send(verb, path.replaceFirst("\\{[^}]*}", ids.get(kind)).replace("{n}", "1"), bodies.get(name)));
        } else if (verb.equals("GET")) {
            HttpResponse<String> own = send(verb, path + required(path), null);
            // Only the owner asks here, so a 403 belongs to operations of the operator.
            assertThat(own.statusCode()).as("%s: %s", name, own.body()).isIn(200, 403, 404);
            showsNothing(own);
            boolean takesTenant = operation.findValuesAsText("name").contains("tenant_id");
            if (takesTenant) {
                String separator = required(path).isEmpty() ? "?" : "&";
                isNotThere(send(verb, path + required(path) + separator + "tenant_id=" + theirs.tenantId(), null));
            }
        } else {
            assertThat(bodies)
                    .as("%s is new: say here how it could name another's", name)
                    .containsKey(name);
            isNotThere(send(verb, path, bodies.get(name)));
        }
    }

    /** Parameters without which a query is refused before it is looked at. */
    private static String required(String path) {
        return switch (path) {
            case "/v1/usage/metrics" ->
                "?meter=" + Journey.CONTEXT_METER + "&from=2024-01-01T00:00:00Z&to=2024-03-01T00:00:00Z";
            // What the caller was refused names what it asked for: the ids of this test.
            case "/v1/audit-logs" -> "?outcome=success";
            default -> "";
        };
    }

    private void isNotThere(HttpResponse<String> answer) {
        assertThat(answer.statusCode())
                .as("%s %s: %s", answer.request().method(), answer.uri(), answer.body())
                .isIn(403, 404);
        assertThat(answer.body()).contains("\"type\"");
    }

    private void showsNothing(HttpResponse<String> answer) {
        assertThat(answer.body()).doesNotContain(theirs.tenantId(), theirs.email());
        assertThat(ids.values()).allSatisfy(id -> assertThat(answer.body()).doesNotContain(id));
    }

    private void makeOneOfEach() {
        theirs.defineCatalogue();
        theirs.signUp();
        theirs.fillInProfile();
        JsonNode subscription = theirs.subscribe();
        theirs.sendUsage(() -> {});
        theirs.closePeriods();
        String period = theirs.periods().getFirst().get("period_id").asText();
        JsonNode invoice = theirs.finalizeInvoice(theirs.invoiceOf(period));
        JsonNode mail = theirs.mailAbout(invoice);
        theirs.pay(invoice);
        theirs.auditProof("invoice.paid", invoice);
        Api customer = theirs.customer();
        ids.put("/v1/billing/subscription/", id(subscription));
        ids.put("/v1/billing/periods/", period);
        ids.put("/v1/invoices/", id(invoice));
        ids.put("/v1/notifications/", id(mail));
        ids.put("/v1/audit-logs/", id(first(customer, "/v1/audit-logs")));
        ids.put("/v1/usage/events/", id(first(customer, "/v1/usage/events?limit=1")));
        ids.put("/v1/auth/sessions/", id(first(customer, "/v1/auth/sessions")));
        ids.put("/v1/auth/users/", id(first(customer, "/v1/auth/users")));
        ids.put("/v1/ai/history/", id(theirs.forecast()));
        ids.put(
                "/v1/auth/service-accounts/",
                id(customer.post(
                        "/v1/auth/service-accounts", scopes(Api.object().put("name", "export")), null)));
        ids.put(
                "/v1/billing/alerts/",
                id(customer.post(
                        "/v1/billing/alerts",
                        Api.object()
                                .put("name", "much")
                                .put("meter", Journey.CONTEXT_METER)
                                .put("threshold", "1000000000"),
                        null)));
        ids.put(
                "/v1/webhook-endpoints/",
                id(customer.post("/v1/webhook-endpoints", Api.object().put("url", "http://localhost:9/hook"), null)));
        ids.put(
                "/v1/credit-notes/",
                id(theirs.operator()
                        .post(
                                "/v1/credit-notes",
                                Api.object()
                                        .put("invoice_id", id(invoice))
                                        .put("reason", "test")
                                        .set(
                                                "amount",
                                                Api.object()
                                                        .put("amount", "1.00")
                                                        .put("currency", "EUR")),
                                null)));
    }

    private void makeOther() {
        Api anyone = Api.at(stack.config().originUrl());
        String password = stack.secrets().get("other.password");
        anyone.create(
                "/v1/auth/signup",
                Api.object()
                        .put("tenant_name", "Somebody else")
                        .put("name", "Eve Other")
                        .put("email", "eve@other.example")
                        .put("password", password),
                null);
        other = new Login(anyone, new Account("eve@other.example", password));
    }

    private void describeBodies() {
        String tenant = theirs.tenantId();
        String invoice = ids.get("/v1/invoices/");
        bodies.put("POST /v1/billing/subscription/{id}/upgrade", Api.object().put("plan_code", Journey.PLAN));
        bodies.put("POST /v1/billing/subscription/{id}/downgrade", Api.object().put("plan_code", Journey.PLAN));
        bodies.put("POST /v1/billing/subscription/{id}/cancel", Api.object());
        bodies.put("POST /v1/billing/subscription/{id}/close", Api.object());
        bodies.put("POST /v1/invoices/{id}/finalize", Api.object());
        bodies.put(
                "POST /v1/invoices/{id}/pay",
                Api.object().put("method", "manual").put("reference", "x"));
        bodies.put("POST /v1/invoices/{id}/void", Api.object().put("reason", "x"));
        bodies.put("POST /v1/usage/events/{id}/void", Api.object().put("reason", "x"));
        bodies.put("PUT /v1/auth/users/{id}/role", Api.object().put("role", "viewer"));
        bodies.put("PUT /v1/webhook-endpoints/{id}", Api.object().put("url", "http://localhost:9/hook"));
        bodies.put("POST /v1/webhook-endpoints/{id}/rotate-secret", Api.object());
        bodies.put("POST /v1/notifications/{id}/retry", Api.object());

        bodies.put(
                "POST /v1/audit-logs",
                Api.object()
                        .put("service", "test")
                        .put("action", "test.done")
                        .put("resource_type", "test")
                        .put("outcome", "success")
                        .put("tenant_id", tenant));
        bodies.put(
                "POST /v1/auth/service-accounts",
                scopes(Api.object().put("name", "export").put("tenant_id", tenant)));
        bodies.put(
                "POST /v1/auth/users",
                Api.object()
                        .put("email", "spy@other.example")
                        .put("name", "Spy")
                        .put("role", "viewer")
                        .put("password", "a long enough secret")
                        .put("tenant_id", tenant));
        bodies.put(
                "POST /v1/billing/alerts",
                Api.object()
                        .put("name", "spy")
                        .put("meter", Journey.CONTEXT_METER)
                        .put("threshold", "1")
                        .put("tenant_id", tenant));
        bodies.put(
                "POST /v1/billing/preview", Api.object().put("subscription_id", ids.get("/v1/billing/subscription/")));
        bodies.put(
                "PUT /v1/billing/profile",
                Api.object()
                        .put("name", "Spy")
                        .put("email", "spy@other.example")
                        .put("tenant_id", tenant));
        bodies.put(
                "POST /v1/billing/subscription",
                Api.object().put("plan_code", Journey.PLAN).put("tenant_id", tenant));
        ObjectNode credit = Api.object().put("invoice_id", invoice).put("reason", "x");
        credit.set("amount", Api.object().put("amount", "1.00").put("currency", "EUR"));
        bodies.put("POST /v1/credit-notes", credit);
        bodies.put("POST /v1/invoices/generate", Api.object().put("period_id", ids.get("/v1/billing/periods/")));
        ObjectNode send =
                Api.object().put("template", "welcome").put("channel", "email").put("to", "a@b.example");
        send.set("variables", Api.object());
        bodies.put("POST /v1/notifications/send", send.put("tenant_id", tenant));
        ObjectNode preferences = Api.object().put("tenant_id", tenant);
        preferences.set("categories", Api.object());
        bodies.put("PUT /v1/notification-preferences", preferences);
        bodies.put(
                "POST /v1/webhook-endpoints",
                Api.object().put("url", "http://localhost:9/hook").put("tenant_id", tenant));
        bodies.put("POST /v1/usage/cutoffs", Api.object().put("tenant_id", tenant));
        bodies.put(
                "POST /v1/usage/events",
                Api.object()
                        .put("specversion", "1.0")
                        .put("id", "1")
                        .put("source", "spy")
                        .put("type", "spy")
                        .put("tenantid", tenant));
        bodies.put(
                "POST /v1/ai/generate",
                Api.object()
                        .put("operation", "forecast")
                        .put("meter", Journey.CONTEXT_METER)
                        .put("tenant_id", tenant));
        bodies.put(
                "POST /v1/ai/feedback",
                Api.object().put("generation_id", ids.get("/v1/ai/history/")).put("rating", 1));
    }

    private HttpResponse<String> send(String verb, String path, ObjectNode body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(stack.config().originUrl() + path))
                .method(
                        verb,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header(
                    "Content-Type",
                    path.equals("/v1/usage/events") ? "application/cloudevents+json" : "application/json");
        }
        if (other != null) {
            request.header("Authorization", "Bearer " + other.get());
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static ObjectNode scopes(ObjectNode account) {
        account.putArray("scopes").add("usage:read");
        return account;
    }

    private static JsonNode first(Api api, String path) {
        return api.get(path).get("data").get(0);
    }

    private static String id(JsonNode thing) {
        return thing.get("id").asText();
    }
}
