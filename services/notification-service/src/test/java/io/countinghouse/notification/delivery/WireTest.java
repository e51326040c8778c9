package io.countinghouse.notification.delivery;

import static io.countinghouse.notification.Api.awaitState;
import static io.countinghouse.notification.Api.deliver;
import static io.countinghouse.notification.Api.get;
import static io.countinghouse.notification.Api.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.countinghouse.notification.MailServer;
import io.countinghouse.notification.Mailbox;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails as they stand on the wire. */
@QuarkusTest
@QuarkusTestResource(MailServer.class)
class WireTest {

    private final UUID tenant = UUID.randomUUID();
    private final UUID invoice = UUID.randomUUID();
    private final String operator = Tokens.operator();
    private final String owner = Tokens.of(tenant, "owner");
    private final String address = "customer-" + tenant + "@example.com";

    @ParameterizedTest
    @ValueSource(strings = {"🎉", "Größe 🎉 Ü", "𠮷野家", "=?UTF-8?Q?no?=", "plain"})
    void aSubjectSurvives(String subject) {
        // When
        send(address, subject);

        // Then
        var mail = Mailbox.only(address);
        assertThat(mail.subject()).isEqualTo(subject);
        assertThat(mail.head().lines()).allMatch(line -> line.length() <= 998);
        assertThat(mail.head().chars()).allMatch(character -> character < 0x80);
    }

    @Test
    void noHeaderIsEmptyAndEachOfThoseThatMustBeThereIsThereOnce() {
        // When
        send(address, "Hello");

        // Then
        String head = Mailbox.only(address).head();
        assertThat(head.lines()).noneMatch(line -> line.matches("[A-Za-z-]+: *"));
        assertThat(head).doesNotContain("Cc:");
        assertThat(List.of("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Auto-Submitted"))
                .allMatch(name ->
                        head.lines().filter(line -> line.startsWith(name + ":")).count() == 1);
    }

    @Test
    void theDomainOfAnAddressIsWrittenAsALabels() {
        // Given
        String to = "ada-" + tenant + "@bücher.example";

        // When
        String id = send(to, "Hello");

        // Then
        awaitState(operator, id, "delivered");
        var mail = Mailbox.only("ada-" + tenant + "@xn--bcher-kva.example");
        assertThat(mail.header("To")).isEqualTo("ada-" + tenant + "@xn--bcher-kva.example");
    }

    @Test
    void anInvoiceIsAttachedAsPdf() {
        // Given
        StubService.on("GET", "/v1/invoices/" + invoice + "/pdf", _ -> pdf());

        // When
        finalized().statusCode(204);

        // Then
        assertThat(Mailbox.only(address).attachments()).containsOnlyKeys("INV-2026-000001.pdf");
        assertThat(Mailbox.only(address).attachments().get("INV-2026-000001.pdf"))
                .isEqualTo("%PDF-1.7 öä".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMailWaitsForItsAttachment() {
        // Given
        var calls = new AtomicInteger();
        StubService.on(
                "GET",
                "/v1/invoices/" + invoice + "/pdf",
                _ -> calls.incrementAndGet() < 3 ? new StubService.Answer(503, null) : pdf());

        // When
        finalized().statusCode(204);

        // Then
        assertThat(Mailbox.only(address).attachments()).containsOnlyKeys("INV-2026-000001.pdf");
        get(owner, "/v1/notifications").body("data[0].attempts", equalTo(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void aMailGoesWithoutAnAttachmentThatCannotBeHad(int status) {
        // Given
        StubService.on("GET", "/v1/invoices/" + invoice + "/pdf", status, null);

        // When
        finalized().statusCode(204);

        // Then
        var mail = Mailbox.only(address);
        assertThat(mail.attachments()).isEmpty();
        assertThat(mail.text()).contains("/v1/notification-documents/" + invoice + "?");
    }

    private static StubService.Answer pdf() {
        return new StubService.Answer(200, "%PDF-1.7 öä", Map.of("Content-Type", "application/pdf"));
    }

    private ValidatableResponse finalized() {
        return deliver(
                Tokens.service("invoice-service"),
                UUID.randomUUID(),
                "invoice.invoice.finalized.v1",
                tenant,
                """
                {"invoice_id": "%s", "number": "INV-2026-000001", "customer": {"name": "Ada", "email": "%s"},
                 "total": {"amount": "9.99", "currency": "EUR"}, "due_at": "2026-02-14T12:00:00Z"}""".formatted(invoice, address));
    }

    private String send(String to, String subject) {
        String template = "wire-" + UUID.randomUUID();
        post(
                operator,
                "/v1/notification-templates",
                Map.of(
                        "name",
                        template,
                        "category",
                        "account",
                        "subject",
                        "{words}",
                        "text",
                        "text",
                        "variables",
                        List.of("words")));
        return post(
                        operator,
                        "/v1/notifications/send",
                        Map.of(
                                "template",
                                template,
                                "channel",
                                "email",
                                "to",
                                to,
                                "tenant_id",
                                tenant.toString(),
                                "variables",
                                Map.of("words", subject)))
                .extract()
                .path("id");
    }
}
