package io.countinghouse.notification.event;

import static io.countinghouse.notification.Api.deliver;
import static io.countinghouse.notification.Api.post;

import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tenant of its own with a customer, and the events of other services about them. */
abstract class TenantEvents {

    static final UUID INVOICE = UUID.fromString("01980000-0000-7000-8000-00000000abcd");

    final UUID tenant = UUID.randomUUID();
    final String address = "customer-" + tenant + "@example.com";
    final String owner = Tokens.of(tenant, "owner");
    final String hook = "/hooks/" + tenant;

    final ValidatableResponse event(String type, String data) {
        return deliver(Tokens.service("test-service"), UUID.randomUUID(), type, tenant, data);
    }

    final void endpoint(String path, List<String> eventTypes) {
        post(owner, "/v1/webhook-endpoints", Map.of("url", StubService.url() + hook + path, "event_types", eventTypes))
                .statusCode(201);
    }

    final List<StubService.Request> received(String path) {
        return StubService.requests("POST", hook + path);
    }

    final String tenantCreated() {
        return """
                {"tenant_id": "%s", "name": "Analytical Engines", "owner_user_id": "%s", "owner_email": "%s",
                 "owner_name": "Ada"}""".formatted(tenant, UUID.randomUUID(), address);
    }

    final String alert() {
        return """
                {"alert_id": "%s", "name": "Many tokens", "meter": "tokens", "threshold": "1000000",
                 "value": "1200000", "period_start": "2026-01-01T00:00:00Z", "email": "%s"}""".formatted(UUID.randomUUID(), address);
    }

    static String invoice(String email) {
        return """
                {"invoice_id": "%s", "number": "2026-000001", "period_id": null, "subscription_id": null,
                 "customer": {"name": "Analytical Engines", "email": %s},
                 "total": {"amount": "109.58", "currency": "EUR"}, "net": {"amount": "92.08", "currency": "EUR"},
                 "tax": {"amount": "17.50", "currency": "EUR"}, "issued_at": "2026-01-31T12:00:00Z",
                 "amount": {"amount": "0.01", "currency": "EUR"}, "due": {"amount": "75.07", "currency": "EUR"},
                 "credit_note_number": "CN-2026-000001", "due_at": "2026-02-14T12:00:00Z", "paid_at": "2026-02-01T12:00:00Z"}""".formatted(INVOICE, email == null ? "null" : "\"" + email + "\"");
    }
}
