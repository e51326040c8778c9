package io.countinghouse.operations.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.operations.secret.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The main job of the product, step by step over public REST: an operator, one customer, its usage and its invoices.
 * Each step may be repeated without harm, after a failure or on another day. Nothing is computed here: every number
 * comes from the services.
 */
public final class Journey {

    public static final String PLAN = "demo-llm";
    public static final String CONTEXT_METER = "demo_context_tokens";

    private static final String EVENT_BATCH = "application/cloudevents-batch+json";

    private final Api anyone;
    private final Api operator;
    private final Api customer;
    private final Login customerToken;
    private final UsageFile usage;
    private final String email;
    private final String password;
    private String tenantId;
    private String subscriptionId;

    /**
     * @param operator who defines the catalogue, records usage by a machine and closes periods
     * @param customerPassword what the customer signs up with
     * @param customer tells customers apart that use the same file
     */
    public Journey(Api anyone, Login operator, String customerPassword, UsageFile usage, String customer) {
        this.usage = usage;
        this.anyone = anyone;
        this.operator = anyone.as(operator);
        this.email = "owner-" + usage.digest() + customer + "@customer.example";
        this.password = customerPassword;
        this.customerToken = new Login(anyone, new Account(email, password));
        this.customer = anyone.as(customerToken);
    }

    public Api operator() {
        return operator;
    }

    public Api customer() {
        return customer;
    }

    /** Gives an access token of the customer. */
    public Login customerToken() {
        return customerToken;
    }

    public String email() {
        return email;
    }

    public String tenantId() {
        return tenantId;
    }

    /** Meters, tax rate and plan of the operator, each known by its name; false when all were there. */
    public boolean defineCatalogue() {
        boolean isNew = meter(CONTEXT_METER, "context tokens", "sum", "context_tokens");
        isNew |= meter("demo_generated_tokens", "generated tokens", "sum", "generated_tokens");
        isNew |= meter("demo_requests", "requests", "count", null);
        isNew |= operator.create(
                "/v1/billing/tax-rates",
                Api.object().put("code", "DE-19").put("rate_percent", "19").put("country", "DE"),
                null);
        ObjectNode plan = Api.object()
                .put("code", PLAN)
                .put("name", "LLM platform")
                .put("currency", "EUR")
                .put("interval", "monthly");
        ArrayNode prices = plan.putArray("prices");
        prices.addObject().put("name", "platform fee").put("model", "flat").put("amount", "49.00");
        tiers(
                prices.addObject()
                        .put("name", "input tokens")
                        .put("model", "graduated")
                        .put("meter", CONTEXT_METER),
                new String[][] {{"1000000", "0"}, {"10000000", "0.0000025"}, {null, "0.00000175"}});
        prices.addObject()
                .put("name", "output tokens")
                .put("model", "package")
                .put("meter", "demo_generated_tokens")
                .put("package_size", "1000")
                .put("package_price", "0.012");
        tiers(
                prices.addObject()
                        .put("name", "requests")
                        .put("model", "volume")
                        .put("meter", "demo_requests"),
                new String[][] {{"5000", "0.0005"}, {"10000", "0.0004"}, {null, "0.0003"}});
        return operator.create("/v1/billing/plans", plan, null) | isNew;
    }

    private boolean meter(String key, String name, String aggregation, String property) {
        return operator.create(
                "/v1/usage/meters",
                Api.object()
                        .put("key", key)
                        .put("name", name)
                        .put("event_type", UsageFile.EVENT_TYPE)
                        .put("aggregation", aggregation)
                        .put("value_property", property),
                null);
    }

    private static void tiers(ObjectNode price, String[][] tiers) {
        ArrayNode list = price.putArray("tiers");
        for (String[] tier : tiers) {
            list.addObject().put("up_to", tier[0]).put("unit_price", tier[1]);
        }
    }

    /** Signs the customer up, or logs in when it is there; answers whether it is new. */
    public boolean signUp() {
        boolean isNew = anyone.create(
                "/v1/auth/signup",
                Api.object()
                        .put("tenant_name", "Customer " + usage.digest())
                        .put("name", "Ada Owner")
                        .put("email", email)
                        .put("password", password),
                null);
        tenantId = customer.get("/v1/auth/user_info").at("/tenant/id").asText();
        return isNew;
    }

    public void fillInProfile() {
        customer.put(
                "/v1/billing/profile",
                Api.object()
                        .put("name", "Customer " + usage.digest() + " GmbH")
                        .put("email", email)
                        .put("address_line", "Speicherstraße 1")
                        .put("postal_code", "20457")
                        .put("city", "Hamburg")
                        .put("country", "DE"));
    }

    /** Subscribes for the months that the usage lies in; answers the subscription. */
    public JsonNode subscribe() {
        operator.create(
                "/v1/billing/subscription",
                Api.object()
                        .put("plan_code", PLAN)
                        .put("tenant_id", tenantId)
                        .put("start_at", usage.firstMonth().toString())
                        .put("end_at", usage.endOfLastMonth().toString()),
                null);
        JsonNode subscription =
                customer.get("/v1/billing/subscription").get("data").get(0);
        subscriptionId = subscription.get("id").asText();
        return subscription;
    }

    /**
     * Sends the usage in batches, as the operator's machine; answers how many events were new and how many were known.
     */
    public Sent sendUsage(Runnable afterEachBatch) {
        int accepted = 0;
        int duplicates = 0;
        try (Recorder recorder = recorder()) {
            for (ArrayNode batch : usage.batches()) {
                JsonNode answer = recorder.api().post("/v1/usage/events", EVENT_BATCH, batch.toString(), null);
                accepted += answer.get("accepted").asInt();
                duplicates += answer.get("duplicates").asInt();
                afterEachBatch.run();
            }
        }
        return new Sent(accepted, duplicates);
    }

    /** Sends one event of now about this customer, as the operator's machine. */
    public void sendEvent(String id, String source) {
        ArrayNode batch = JsonNodeFactory.instance.arrayNode();
        batch.addObject()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", source)
                .put("type", UsageFile.EVENT_TYPE)
                .putObject("data")
                .put("context_tokens", 1)
                .put("generated_tokens", 1);
        try (Recorder recorder = recorder()) {
            recorder.api().post("/v1/usage/events", EVENT_BATCH, batch.toString(), null);
        }
    }

    /**
     * Who pays does not write the meter: the operator makes a service account that records usage of this one customer. It
     * is revoked when the usage is sent, so that a repetition leaves no machine behind that could still log in.
     */
    private Recorder recorder() {
        ObjectNode request = Api.object().put("name", "usage of " + email).put("tenant_id", tenantId);
        request.putArray("scopes").add("usage:write");
        JsonNode account = operator.post("/v1/auth/service-accounts", request, "recorder-" + UUID.randomUUID());
        return new Recorder(
                anyone.as(new MachineLogin(
                        anyone,
                        account.get("client_id").asText(),
                        account.get("client_secret").asText())),
                () -> operator.delete("/v1/auth/service-accounts/" + id(account)));
    }

    private record Recorder(Api api, Runnable revoke) implements AutoCloseable {
        @Override
        public void close() {
            revoke.run();
        }
    }

    /** What became of the events sent. */
    public record Sent(int accepted, int duplicates) {}

    /** Closes what has ended; answers the number of periods closed now. */
    public int closePeriods() {
        return operator.post("/v1/billing/subscription/" + subscriptionId + "/close", Api.object(), null)
                .get("data")
                .size();
    }

    /** All closed periods, oldest first. */
    public List<JsonNode> periods() {
        List<JsonNode> periods = new ArrayList<>();
        customer.get("/v1/billing/periods" + Api.query(Map.of("subscription_id", subscriptionId)))
                .get("data")
                .forEach(periods::add);
        periods.sort((a, b) ->
                a.get("period_start").asText().compareTo(b.get("period_start").asText()));
        return periods;
    }

    /** The invoice of a period, waited for: it is drafted when the event of the closed period arrives. */
    public JsonNode invoiceOf(String periodId) {
        return Api.await("the invoice of period " + periodId, () -> {
            for (JsonNode invoice : customer.get("/v1/invoices").get("data")) {
                if (invoice.path("period_id").asText().equals(periodId)) {
                    return customer.get("/v1/invoices/" + invoice.get("id").asText());
                }
            }
            return null;
        });
    }

    public List<JsonNode> invoices() {
        List<JsonNode> invoices = new ArrayList<>();
        customer.get("/v1/invoices").get("data").forEach(invoices::add);
        return invoices;
    }

    public JsonNode finalizeInvoice(JsonNode invoice) {
        return invoice.get("status").asText().equals("draft")
                ? operator.post(
                        "/v1/invoices/" + id(invoice) + "/finalize", Api.object(), "demo-finalize-" + id(invoice))
                : invoice;
    }

    public byte[] pdf(JsonNode invoice) {
        return customer.bytes("/v1/invoices/" + id(invoice) + "/pdf");
    }

    /** The message about the finalized invoice, waited for until the mail server has taken it. */
    public JsonNode mailAbout(JsonNode invoice) {
        String number = invoice.get("number").asText();
        return Api.await("the mail about invoice " + number, () -> {
            for (JsonNode message : customer.get("/v1/notifications").get("data")) {
                if (message.path("channel").asText().equals("email")
                        && message.path("template").asText().equals("invoice-finalized")
                        && message.path("subject").asText().contains(number)
                        && message.path("state").asText().equals("delivered")) {
                    return message;
                }
            }
            return null;
        });
    }

    public JsonNode pay(JsonNode invoice) {
        return operator.post(
                "/v1/invoices/" + id(invoice) + "/pay",
                Api.object().put("method", "manual").put("reference", "demo transfer"),
                "demo-payment-" + id(invoice));
    }

    /** The audit entry of an action on an invoice with its inclusion proof, waited for. */
    public JsonNode auditProof(String action, JsonNode invoice) {
        String entry = Api.await("the audit entry " + action, () -> {
            JsonNode found = customer.get(
                            "/v1/audit-logs" + Api.query(Map.of("action", action, "resource_id", id(invoice))))
                    .get("data");
            return found.isEmpty() ? null : found.get(0).get("id").asText();
        });
        return customer.get("/v1/audit-logs/" + entry + "/proof");
    }

    public JsonNode auditKey() {
        return anyone.get("/v1/audit-logs/public-key");
    }

    /** The next week of context tokens, forecast from the days of the file. */
    public JsonNode forecast() {
        return forecast("demo-forecast-" + tenantId);
    }

    /** @param key as for {@link Api#post} */
    public JsonNode forecast(String key) {
        return customer.post(
                "/v1/ai/generate",
                Api.object()
                        .put("operation", "forecast")
                        .put("meter", CONTEXT_METER)
                        .put("from", usage.firstMonth().toString())
                        .put("to", usage.endOfHistory().toString())
                        .put("window", "day")
                        .put("horizon", 7),
                key);
    }

    private static String id(JsonNode thing) {
        return thing.get("id").asText();
    }
}
