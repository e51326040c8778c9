package io.countinghouse.notification.event;

import static io.countinghouse.notification.Api.get;
import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.countinghouse.notification.MailServer;
import io.countinghouse.notification.Mailbox;
import io.countinghouse.testing.StubService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class InvoiceEventsTest extends TenantEvents {

    @Test
    void aFinalizedInvoiceIsMailedToTheCustomer() {
        // When
        event("invoice.invoice.finalized.v1", invoice(address)).statusCode(204);

        // Then
        var mail = Mailbox.only(address);
        assertThat(mail.subject()).isEqualTo("Invoice 2026-000001: 109.58 EUR");
        assertThat(mail.text())
                .contains("Dear Analytical Engines,")
                .contains("due on 2026-02-14")
                .contains("http://localhost:8080/v1/notification-documents/" + INVOICE + "?tenant=" + tenant);
        assertThat(mail.html())
                .contains("<a href=\"http://localhost:8080/v1/notification-documents/" + INVOICE + "?tenant=");
    }

    @ParameterizedTest
    @CsvSource({
        "invoice.payment.recorded.v1, Payment received for invoice 2026-000001",
        "invoice.credit_note.issued.v1, Credit note CN-2026-000001 for invoice 2026-000001",
        "invoice.invoice.voided.v1, Invoice 2026-000001 is void"
    })
    void whatBecomesOfAnInvoiceIsMailedToTheCustomer(String type, String subject) {
        // When
        event(type, invoice(address)).statusCode(204);

        // Then
        assertThat(Mailbox.only(address).subject()).isEqualTo(subject);
    }

    @Test
    void aPaymentIsMailedWithItsOwnAmountAndWhatIsLeft() {
        // When
        event("invoice.payment.recorded.v1", invoice(address)).statusCode(204);

        // Then
        var mail = Mailbox.only(address);
        assertThat(mail.text())
                .contains("We received 0.01 EUR for invoice 2026-000001 on 2026-02-01. 75.07 EUR is left to pay.")
                .doesNotContain("109.58");
        assertThat(mail.html()).contains("<b>0.01 EUR</b>").doesNotContain("109.58");
    }

    @Test
    void aCreditNoteIsMailedWithItsOwnAmountAndWhatIsLeft() {
        // When
        event("invoice.credit_note.issued.v1", invoice(address)).statusCode(204);

        // Then
        assertThat(Mailbox.only(address).text())
                .contains("we credited 0.01 EUR of invoice 2026-000001 by credit note CN-2026-000001.")
                .contains("75.07 EUR is left to pay.");
    }

    @Test
    void thePaymentThatSettlesAnInvoiceSaysSo() {
        // When
        event("invoice.payment.recorded.v1", invoice(address).replace("75.07", "0.00"))
                .statusCode(204);

        // Then
        assertThat(Mailbox.only(address).text())
                .contains("We received 0.01 EUR")
                .contains("The invoice is settled: nothing is left to pay.")
                .doesNotContain("0.00");
    }

    @Test
    void aFullPaymentIsOneMail() {
        // Given
        event("invoice.payment.recorded.v1", invoice(address).replace("75.07", "0.00"));

        // When
        var answer = event("invoice.invoice.paid.v1", invoice(address));

        // Then
        answer.statusCode(204);
        Mailbox.only(address);
        get(owner, "/v1/notifications").body("data.template", contains("payment-recorded"));
    }

    @ParameterizedTest
    @CsvSource({
        "invoice.invoice.finalized.v1, invoice.finalized",
        "invoice.invoice.paid.v1, invoice.paid",
        "invoice.invoice.voided.v1, invoice.voided"
    })
    void nobodyIsWrittenToAboutAnInvoiceOverNothingAndEndpointsHearOfIt(String type, String webhookType) {
        // Given
        StubService.on("POST", hook + "/zero", 200, null);
        endpoint("/zero", List.of(webhookType));

        // When
        event(type, invoice(address).replace("109.58", "0.00")).statusCode(204);

        // Then
        await().until(() -> received("/zero").size() == 1);
        get(owner, "/v1/notifications?channel=email").body("data.size()", is(0));
    }

    @ParameterizedTest
    @CsvSource({
        "invoice.payment.recorded.v1, invoice.payment_recorded",
        "invoice.credit_note.issued.v1, invoice.credit_note_issued",
        "invoice.invoice.credited.v1, invoice.credited"
    })
    void endpointsHearOfEachMovement(String type, String webhookType) {
        // Given
        StubService.on("POST", hook + "/movements", 200, null);
        endpoint("/movements", List.of(webhookType));

        // When
        event(type, invoice(address)).statusCode(204);

        // Then
        await().until(() -> received("/movements").size() == 1);
        JsonPath body = JsonPath.from(received("/movements").getFirst().body());
        assertThat(body.getString("type")).isEqualTo(webhookType);
        assertThat(body.getString("data.amount.amount")).isEqualTo("0.01");
    }

    @Test
    void anInvoiceThatCreditNotesSettledIsNotMailedOnceMore() {
        // When
        event("invoice.invoice.credited.v1", invoice(address)).statusCode(204);

        // Then
        get(owner, "/v1/notifications").body("data.size()", is(0));
    }

    @ParameterizedTest
    @CsvSource({
        "invoice.payment.recorded.v1, amount",
        "invoice.payment.recorded.v1, due",
        "invoice.credit_note.issued.v1, amount",
        "invoice.credit_note.issued.v1, due",
        "invoice.credit_note.issued.v1, credit_note_number"
    })
    void aMovementThatDoesNotSayWhatMovedIsRefused(String type, String field) {
        // When
        var answer =
                event(type, invoice(address).replaceFirst("\"" + field + "\": (?=\\{|\"CN)", "\"x_" + field + "\": "));

        // Then
        answer.spec(problem(422, "event-data"));
    }
}
