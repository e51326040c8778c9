package io.countinghouse.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.journey.Journey;
import java.util.List;

/** A write of each service that moves something: accounts, usage, alerts, money, mail, evidence, opinions. */
public final class Targets {

    private static final String JSON = "application/json";
    private static final String TEMPLATE = "chaos";

    private Targets() {}

    /** Makes what the writes need: a customer with a finalized invoice, and a template. */
    public static List<Target> prepare(Journey journey) {
        journey.defineCatalogue();
        journey.signUp();
        journey.fillInProfile();
        journey.subscribe();
        journey.sendUsage(() -> {});
        journey.closePeriods();
        JsonNode invoice = journey.finalizeInvoice(
                journey.invoiceOf(journey.periods().getFirst().get("period_id").asText()));
        ObjectNode template = Api.object()
                .put("name", TEMPLATE)
                .put("category", "announcements")
                .put("subject", "{marker}")
                .put("text", "{marker}");
        template.putArray("variables").add("marker");
        journey.operator().create("/v1/notification-templates", template, null);
        String tenant = journey.tenantId();
        return List.of(
                new Target(
                        ServiceName.AUTH,
                        "/v1/auth/service-accounts",
                        JSON,
                        marker -> {
                            ObjectNode body = Api.object().put("name", marker).put("tenant_id", tenant);
                            body.putArray("scopes").add("usage:write");
                            return body.toString();
                        },
                        "select name, count(*) from service_account where name like ? group by 1"),
                new Target(
                        ServiceName.USAGE,
                        "/v1/usage/events",
                        "application/cloudevents+json",
                        marker -> {
                            ObjectNode body = Api.object()
                                    .put("specversion", "1.0")
                                    .put("id", marker)
                                    .put("source", "chaos")
                                    .put("type", "chaos")
                                    .put("tenantid", tenant);
                            body.putObject("data").put("value", 1);
                            return body.toString();
                        },
                        "select event_id, count(*) from usage_event where event_id like ? group by 1"),
                new Target(
                        ServiceName.BILLING,
                        "/v1/billing/alerts",
                        JSON,
                        marker -> Api.object()
                                .put("name", marker)
                                .put("meter", Journey.CONTEXT_METER)
                                .put("threshold", "1000000000")
                                .put("tenant_id", tenant)
                                .toString(),
                        "select name, count(*) from usage_alert where name like ? group by 1"),
                new Target(
                        ServiceName.INVOICE,
                        "/v1/invoices/" + invoice.get("id").asText() + "/pay",
                        JSON,
                        marker -> {
                            ObjectNode body =
                                    Api.object().put("method", "manual").put("reference", marker);
                            body.putObject("amount").put("amount", "0.01").put("currency", "EUR");
                            return body.toString();
                        },
                        "select reference, count(*) from payment where reference like ? group by 1"),
                new Target(
                        ServiceName.NOTIFICATION,
                        "/v1/notifications/send",
                        JSON,
                        marker -> {
                            ObjectNode body = Api.object()
                                    .put("template", TEMPLATE)
                                    .put("channel", "email")
                                    .put("to", "reader@customer.example")
                                    .put("tenant_id", tenant);
                            body.putObject("variables").put("marker", marker);
                            return body.toString();
                        },
                        "select subject, count(*) from notification where subject like ? group by 1"),
                new Target(
                        ServiceName.AUDIT_LOG,
                        "/v1/audit-logs",
                        JSON,
                        marker -> Api.object()
                                .put("service", "chaos")
                                .put("action", "chaos.written")
                                .put("resource_type", "marker")
                                .put("resource_id", marker)
                                .put("outcome", "success")
                                .put("tenant_id", tenant)
                                .toString(),
                        "select resource_id, count(*) from audit_logs where action = 'chaos.written' and resource_id like ?"
                                + " group by 1"),
                new Target(
                        ServiceName.AI_MODELING,
                        "/v1/ai/feedback",
                        JSON,
                        marker -> Api.object()
                                .put(
                                        "generation_id",
                                        journey.forecast(marker).get("id").asText())
                                .put("rating", 3)
                                .put("comment", marker)
                                .toString(),
                        "select comment, count(*) from modeling_feedback where comment like ? group by 1"));
    }
}
