package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.operations.journey.Login;
import io.countinghouse.operations.journey.UsageFile;
import io.countinghouse.operations.secret.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main job, once, so that every counter has something to count: a customer is billed for some requests, pays, asks for
 * a forecast and rates it; another passes a threshold and takes a larger plan. It leaves two tenants, a paid invoice and
 * the plans {@code demo-llm}, {@code readiness-small} and {@code readiness-large}.
 */
final class Exercise {

    private static final int REQUESTS = 40;

    private final Site site;
    private final People people;
    private final Progress progress;

    Exercise(Site site, People people, Progress progress) {
        this.site = site;
        this.people = people;
        this.progress = progress;
    }

    void run() throws IOException {
        Path file = Files.createTempFile("readiness", ".csv");
        try {
            StringBuilder csv = new StringBuilder("TIMESTAMP,ContextTokens,GeneratedTokens\n");
            for (int i = 0; i < REQUESTS; i++) {
                csv.append("2024-02-%02d 10:00:%02d.5,%d,%d\n".formatted(1 + i % 28, i, 100_000 + i, 10 + i));
            }
            Files.writeString(file, csv);
            UsageFile usage = UsageFile.read(file);
            bill(journey(usage, "paid"));
            upgrade(journey(usage, "upgrade"));
        } finally {
            Files.delete(file);
        }
    }

    private Journey journey(UsageFile usage, String what) {
        Api plain = Api.at(path -> site.processes(ServiceName.owning(path)
                                .orElseThrow(() -> new OperationException("no service owns the path " + path)))
                        .getFirst()
                        .api()
                + path);
        Api api = site.trust().map(plain::trusting).orElse(plain);
        Account operator = site.operator();
        return new Journey(
                api,
                new Login(api, operator),
                people.password(),
                usage,
                "-readiness-" + people.run().toLowerCase(java.util.Locale.ROOT) + "-" + what);
    }

    private void bill(Journey journey) {
        step("a customer signs up, subscribes and sends usage");
        journey.defineCatalogue();
        journey.signUp();
        journey.fillInProfile();
        journey.subscribe();
        journey.sendUsage(() -> {});
        step("its invoice is drafted, finalized, mailed and paid");
        journey.closePeriods();
        JsonNode invoice = journey.finalizeInvoice(
                journey.invoiceOf(journey.periods().getFirst().get("period_id").asText()));
        journey.mailAbout(invoice);
        journey.pay(invoice);
        step("the payment is looked up in the audit log, and a forecast made");
        journey.auditProof("invoice.paid", invoice);
        JsonNode forecast = journey.forecast();
        journey.customer()
                .post(
                        "/v1/ai/feedback",
                        Api.object()
                                .put("generation_id", forecast.get("id").asText())
                                .put("rating", 5),
                        null);
        journey.customer().post("/v1/auth/logout", Api.object(), null);
    }

    private void upgrade(Journey journey) {
        step("another passes a threshold and takes a larger plan");
        journey.signUp();
        journey.fillInProfile();
        plan(journey.operator(), "readiness-small", "10.00");
        plan(journey.operator(), "readiness-large", "90.00");
        JsonNode subscription = journey.customer()
                .post("/v1/billing/subscription", Api.object().put("plan_code", "readiness-small"), null);
        journey.customer()
                .post(
                        "/v1/billing/alerts",
                        Api.object()
                                .put("name", "first request")
                                .put("meter", "demo_requests")
                                .put("threshold", "1"),
                        null);
        journey.sendEvent("now", "readiness");
        // Before the upgrade: it begins a new period, in which nothing has been used yet.
        Api.await("the alert", () -> {
            journey.operator().post("/v1/billing/alerts/evaluate", Api.object(), null);
            for (JsonNode alert : journey.customer().get("/v1/billing/alerts").get("data")) {
                if (alert.hasNonNull("last_fired_at")) {
                    return true;
                }
            }
            return null;
        });
        journey.customer()
                .post(
                        "/v1/billing/subscription/" + subscription.get("id").asText() + "/upgrade",
                        Api.object().put("plan_code", "readiness-large"),
                        null);
    }

    private static void plan(Api operator, String code, String amount) {
        ObjectNode plan = Api.object()
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

    private void step(String what) {
        progress.step(what, "main job: " + what);
    }
}
