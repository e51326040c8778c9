package io.countinghouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.stack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What operations watches: every counter of the product moves with the work it counts, and health says what it must. */
class CountersAndHealthTest {

    private static final Map<ServiceName, List<String>> COUNTERS = Map.of(
            ServiceName.AUTH,
                    List.of(
                            "auth_logins_total",
                            "auth_logouts_total",
                            "auth_tokens_issued_total",
                            "auth_tokens_revoked_total"),
            ServiceName.USAGE,
                    List.of("usage_requests_total", "usage_metrics_fetched_total", "usage_audit_events_total"),
            ServiceName.BILLING, List.of("billing_requests_total", "billing_upgrades_total", "billing_alerts_total"),
            ServiceName.INVOICE, List.of("invoice_requests_total", "invoice_generated_total", "invoice_paid_total"),
            ServiceName.NOTIFICATION,
                    List.of("notification_requests_total", "notification_sent_total", "notification_delivered_total"),
            ServiceName.AUDIT_LOG, List.of("audit_requests_total", "audit_events_total", "audit_errors_total"),
            ServiceName.AI_MODELING, List.of("ai_requests_total", "ai_generations_total", "ai_feedback_total"));

    private final HttpClient http = Stack.client();
    private final LocalStack stack = Stack.get();

    @Test
    void everyCounterMovesWithTheJourney() {
        // Given
        Map<String, Double> before = counters();

        // When
        Journey journey = stack.journey(Stack.small(), "-counters");
        journey.defineCatalogue();
        journey.signUp();
        journey.fillInProfile();
        journey.subscribe();
        journey.sendUsage(() -> {});
        journey.closePeriods();
        JsonNode invoice = journey.finalizeInvoice(
                journey.invoiceOf(journey.periods().getFirst().get("period_id").asText()));
        journey.mailAbout(invoice);
        journey.pay(invoice);
        journey.auditProof("invoice.paid", invoice);
        JsonNode forecast = journey.forecast();
        journey.customer()
                .post(
                        "/v1/ai/feedback",
                        Api.object()
                                .put("generation_id", forecast.get("id").asText())
                                .put("rating", 5),
                        null);
        upgradeAndPassAnAlert();
        appendWhatTheAuditLogRefuses(journey);
        journey.customer().post("/v1/auth/logout", Api.object(), null);

        // Then
        Api.await(
                "every counter to move: " + unmoved(before),
                () -> unmoved(before).isEmpty() ? true : null);
        for (ServiceName service : ServiceName.values()) {
            assertThat(counters(service)).anySatisfy((name, value) -> {
                assertThat(name).endsWith("_uptime_seconds");
                assertThat(value).isPositive();
            });
        }
    }

    @Test
    void healthSaysWhatRunsWhereAndForHowLong() throws IOException, InterruptedException {
        for (ServiceName service : ServiceName.values()) {
            HttpResponse<String> answer = get(stack.config().managementPort(service), "/health");

            JsonNode data = new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(answer.body())
                    .at("/checks/0/data");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(data.get("database").asText()).isEqualTo("up");
            assertThat(data.get("uptime_seconds").asLong()).isNotNegative();
            assertThat(data.get("version").asText()).isNotBlank();
            assertThat(data.get("environment").asText()).isEqualTo("local");
        }
    }

    /** A customer of this month: subscribes to a small plan, passes a threshold, and takes the larger plan. */
    private void upgradeAndPassAnAlert() {
        Journey customer = stack.journey(Stack.small(), "-upgrade");
        customer.signUp();
        customer.fillInProfile();
        plan(customer.operator(), "small", "10.00");
        plan(customer.operator(), "large", "90.00");
        JsonNode subscription = customer.customer()
                .post("/v1/billing/subscription", Api.object().put("plan_code", "small"), null);
        customer.customer()
                .post(
                        "/v1/billing/alerts",
                        Api.object()
                                .put("name", "first request")
                                .put("meter", "demo_requests")
                                .put("threshold", "1"),
                        null);
        customer.sendEvent("now", "test");
        // Before the upgrade: it begins a new period, in which nothing has been used yet.
        Api.await("the alert", () -> {
            customer.operator().post("/v1/billing/alerts/evaluate", Api.object(), null);
            return counters(ServiceName.BILLING).get("billing_alerts_total") > 0 ? true : null;
        });
        customer.customer()
                .post(
                        "/v1/billing/subscription/" + subscription.get("id").asText() + "/upgrade",
                        Api.object().put("plan_code", "large"),
                        null);
    }

    private static void plan(Api operator, String code, String amount) {
        var plan = Api.object()
                .put("code", code)
                .put("name", code)
                .put("currency", "EUR")
                .put("interval", "monthly");
        plan.putArray("prices")
                .addObject()
                .put("name", "fee")
                .put("model", "flat")
                .put("amount", amount);
        operator.create("/v1/billing/plans", plan, null);
    }

    private static void appendWhatTheAuditLogRefuses(Journey journey) {
        try {
            journey.operator().post("/v1/audit-logs", Api.object().put("service", "nobody"), null);
        } catch (OperationException refused) {
            assertThat(refused).hasMessageContaining("400");
        }
    }

    private List<String> unmoved(Map<String, Double> before) {
        Map<String, Double> after = counters();
        return COUNTERS.values().stream()
                .flatMap(List::stream)
                .filter(name -> after.getOrDefault(name, 0.0) <= before.getOrDefault(name, -1.0))
                .toList();
    }

    private Map<String, Double> counters() {
        Map<String, Double> all = new LinkedHashMap<>();
        for (ServiceName service : ServiceName.values()) {
            all.putAll(counters(service));
        }
        return all;
    }

    private Map<String, Double> counters(ServiceName service) {
        try {
            String text =
                    get(stack.config().managementPort(service), "/metrics").body();
            Matcher lines = Pattern.compile("(?m)^([a-z_]+_(?:total|uptime_seconds))(?:\\{[^}]*})? ([0-9.eE+-]+)")
                    .matcher(text);
            Map<String, Double> values = new LinkedHashMap<>();
            while (lines.find()) {
                values.merge(lines.group(1), Double.valueOf(lines.group(2)), Double::sum);
            }
            return values;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
