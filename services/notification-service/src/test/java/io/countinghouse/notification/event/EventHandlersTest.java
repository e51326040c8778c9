package io.countinghouse.notification.event;

import static io.countinghouse.notification.Api.awaitState;
import static io.countinghouse.notification.Api.deliver;
import static io.countinghouse.notification.Api.get;
import static io.countinghouse.notification.Api.post;
import static io.countinghouse.notification.Api.put;
import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.countinghouse.notification.MailServer;
import io.countinghouse.notification.Mailbox;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class EventHandlersTest extends TenantEvents {

    @Test
    void aNewTenantIsWelcomed() {
        // When
        event("auth.tenant.created.v1", tenantCreated()).statusCode(204);

        // Then
        var mail = Mailbox.only(address);
        assertThat(mail.subject()).isEqualTo("Your account at Analytical Engines, Köln 🎉");
        assertThat(mail.senderName()).isEqualTo("Analytical Engines, Köln 🎉");
        assertThat(mail.senderAddress()).isEqualTo("no-reply@countinghouse.io");
        assertThat(mail.text())
                .contains("opened with the address " + address)
                .endsWith("\n\nAnalytical Engines, Köln 🎉")
                .doesNotContain("Countinghouse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Win http://evil.example now | Dear customer,",
                "www.evil.example | Dear customer,",
                "Write to a@evil.example | Dear customer,",
                "Evil.example pays | Dear Evil. example pays,",
                "S.A. Dupont Inc. | Dear S.A. Dupont Inc.,",
                "<b>Bold</b> & Sons | Dear <b>Bold</b> & Sons,"
            })
    void aNameThatATenantChoseIsShownWithoutAnythingToFollow(String name, String greeting) {
        // When
        event("invoice.invoice.finalized.v1", invoice(address).replace("Analytical Engines", name))
                .statusCode(204);

        // Then
        assertThat(Mailbox.only(address).text()).startsWith(greeting);
    }

    @ParameterizedTest
    @CsvSource({
        "Your parcel is held. Pay at http://evil.example, URGENT http://evil.example",
        "Your parcel is held. Pay now, URGENT"
    })
    void aStrangerWhoIsSignedUpReadsNothingOfTheOnesChoosing(String tenantName, String ownerName) {
        // When
        event(
                        "auth.tenant.created.v1",
                        tenantCreated()
                                .replace("Analytical Engines", tenantName)
                                .replace("\"Ada\"", "\"" + ownerName + "\""))
                .statusCode(204);

        // Then
        var mail = Mailbox.only(address);
        assertThat(mail.subject() + mail.text() + mail.html())
                .doesNotContain("evil")
                .doesNotContain("parcel")
                .doesNotContain("URGENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"You have won! Visit http://evil.example now", "You have won a journey"})
    void aStrangerWhoIsAlertedReadsNothingOfTheOnesChoosing(String alertName) {
        // When
        event("billing.alert.triggered.v1", alert().replace("Many tokens", alertName))
                .statusCode(204);

        // Then
        var mail = Mailbox.only(address);
        assertThat(mail.subject() + mail.text() + mail.html())
                .doesNotContain("won")
                .doesNotContain("evil");
    }

    @Test
    void anAlertIsMailed() {
        // When
        event("billing.alert.triggered.v1", alert()).statusCode(204);

        // Then
        var mail = Mailbox.only(address);
        assertThat(mail.subject()).isEqualTo("A usage alert was triggered");
        assertThat(mail.text()).contains("tokens has reached 1200000").contains("threshold is 1000000");
    }

    @Test
    void aBlockedChargeIsMailedToTheOperatorAndShownToNoTenant() {
        // Given
        UUID period = UUID.randomUUID();

        // When
        event("billing.charge.blocked.v1", """
                {"period_id": "%s", "customer_name": "Acme GmbH", "plan_code": "pro",
                 "period_start": "2026-01-01T00:00:00Z", "charges": [
                    {"description": "calls", "meter": "calls", "reason": "quantity is -2"}]}""".formatted(period)).statusCode(204);

        // Then
        await().untilAsserted(() -> assertThat(Mailbox.of("staff@operator.example"))
                .filteredOn(mail -> mail.subject().contains(period.toString()))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("calls: quantity is -2", "Acme GmbH")));
        get(owner, "/v1/notifications").body("data.size()", is(0));
    }

    @Test
    void aChangedSubscriptionIsMailed() {
        // When
        event("billing.subscription.changed.v1", """
                {"subscription_id": "%s", "change": "upgraded", "plan_code": "pro", "plan_version": 2, "email": "%s"}""".formatted(UUID.randomUUID(), address))
                .statusCode(204);

        // Then
        assertThat(Mailbox.only(address).subject()).isEqualTo("Your subscription was upgraded");
    }

    @Test
    void anEventThatNamesNobodyIsMailedToTheContact() {
        // Given
        event("auth.tenant.created.v1", tenantCreated()).statusCode(204);

        // When
        event("invoice.invoice.finalized.v1", invoice(null)).statusCode(204);

        // Then
        await().until(() -> Mailbox.of(address).size() == 2);
        assertThat(Mailbox.of(address))
                .extracting(Mailbox.Received::subject)
                .contains("Invoice 2026-000001: 109.58 EUR");
    }

    @Test
    void afterAHandOverTheNewContactIsWrittenTo() {
        // Given
        event("auth.tenant.created.v1", tenantCreated()).statusCode(204);
        String next = "next-" + UUID.randomUUID() + "@example.com";
        event("auth.tenant.contact_changed.v1", """
                {"name": "Analytical Engines", "owner_user_id": "%s", "owner_email": "%s", "owner_name": "Grace"}""".formatted(UUID.randomUUID(), next));

        // When
        event("invoice.invoice.finalized.v1", invoice(null)).statusCode(204);

        // Then
        assertThat(Mailbox.only(next).subject()).isEqualTo("Invoice 2026-000001: 109.58 EUR");
    }

    @Test
    void anEventOfATenantWithoutAContactIsTakenAndNobodyIsWrittenTo() {
        // When
        var answer = event("invoice.invoice.finalized.v1", invoice(null));

        // Then
        answer.statusCode(204);
        get(owner, "/v1/notifications").body("data.size()", is(0));
    }

    @Test
    void anEventDeliveredTwiceIsOneMail() {
        // Given
        UUID id = UUID.randomUUID();
        String service = Tokens.service("invoice-service");
        deliver(service, id, "invoice.invoice.finalized.v1", tenant, invoice(address))
                .statusCode(204);

        // When
        deliver(service, id, "invoice.invoice.finalized.v1", tenant, invoice(address))
                .statusCode(204);

        // Then
        get(owner, "/v1/notifications").body("data.size()", is(1));
        Mailbox.only(address);
    }

    @Test
    void endpointsHearOfWhatTheyAskedFor() {
        // Given
        StubService.on("POST", hook + "/all", 200, null);
        StubService.on("POST", hook + "/paid", 200, null);
        endpoint("/all", List.of());
        endpoint("/paid", List.of("invoice.paid"));
        event("invoice.invoice.finalized.v1", invoice(address)).statusCode(204);

        // When
        event("invoice.invoice.paid.v1", invoice(address)).statusCode(204);

        // Then
        await().until(() -> received("/all").size() == 2 && received("/paid").size() == 1);
        JsonPath body = JsonPath.from(received("/paid").getFirst().body());
        assertThat(body.getString("type")).isEqualTo("invoice.paid");
        assertThat(body.getString("timestamp")).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(body.getString("data.number")).isEqualTo("2026-000001");
        assertThat(body.getString("data.total.amount")).isEqualTo("109.58");
    }

    @Test
    void endpointsOfOtherTenantsHearNothing() {
        // Given
        StubService.on("POST", hook + "/other", 200, null);
        post(
                        Tokens.of(UUID.randomUUID(), "owner"),
                        "/v1/webhook-endpoints",
                        Map.of("url", StubService.url() + hook + "/other"))
                .statusCode(201);

        // When
        event("invoice.invoice.finalized.v1", invoice(address)).statusCode(204);

        // Then
        Mailbox.only(address);
        assertThat(received("/other")).isEmpty();
    }

    @Test
    void whatATenantSwitchedOffIsKeptAndNotSent() {
        // Given
        put(owner, "/v1/notification-preferences", Map.of("categories", Map.of("alerts", false)))
                .statusCode(200);

        // When
        event("billing.alert.triggered.v1", alert()).statusCode(204);
        event("invoice.invoice.finalized.v1", invoice(address)).statusCode(204);

        // Then
        assertThat(Mailbox.only(address).subject()).isEqualTo("Invoice 2026-000001: 109.58 EUR");
        get(owner, "/v1/notifications?template=alert-triggered").body("data.state", contains("suppressed"));
    }

    @Test
    void aMailToWhatIsNoAddressFailsForGood() {
        // When
        event("invoice.invoice.finalized.v1", invoice("nobody at nowhere")).statusCode(204);

        // Then
        String id = get(owner, "/v1/notifications").extract().path("data[0].id");
        assertThat(awaitState(owner, id, "failed").getInt("attempts")).isEqualTo(1);
        await().until(() -> StubService.events("countinghouse.audit.recorded.v1").stream()
                .anyMatch(event -> event.contains(id) && event.contains("notification.failed")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth.tenant.created.v1",
                "auth.tenant.contact_changed.v1",
                "invoice.invoice.finalized.v1",
                "invoice.invoice.paid.v1",
                "invoice.invoice.voided.v1",
                "invoice.invoice.credited.v1",
                "invoice.payment.recorded.v1",
                "invoice.credit_note.issued.v1",
                "billing.alert.triggered.v1",
                "billing.subscription.changed.v1"
            })
    void anEventThatLacksWhatItMustSayIsRefused(String type) {
        // When
        var answer = event(type, "{}");

        // Then
        answer.spec(problem(422, "event-data"));
    }

    @Test
    void anEventOfNoTenantIsRefused() {
        // When
        var answer = deliver(
                Tokens.service("invoice-service"),
                UUID.randomUUID(),
                "invoice.invoice.paid.v1",
                null,
                invoice(address));

        // Then
        answer.spec(problem(422, "event-tenant"));
    }

    @Test
    void theRecipientIsShownWithTheMessage() {
        // When
        event("invoice.invoice.finalized.v1", invoice(address)).statusCode(204);

        // Then
        get(Tokens.of(tenant, "billing"), "/v1/notifications")
                .body("data[0].recipient", equalTo(address))
                .body("data[0].category", equalTo("invoices"));
    }
}
