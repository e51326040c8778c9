package io.countinghouse.invoice.payment;

import static io.countinghouse.invoice.Invoicing.as;
import static io.countinghouse.invoice.Invoicing.draft;
import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.manual;
import static io.countinghouse.invoice.Invoicing.operator;
import static io.countinghouse.invoice.Invoicing.owner;
import static io.countinghouse.invoice.Invoicing.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.countinghouse.invoice.Invoicing;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PaymentTest {
    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void aTransferThatTheOperatorSawArrivePaysTheInvoice() {
        // Given
        String id = finalized(tenant);
        // When
        var answer = pay(id, manual("transfer-1"));
        // Then
        answer.then()
                .statusCode(200)
                .body("status", is("paid"))
                .body("paid.amount", is("109.58"))
                .body("due.amount", is("0.00"))
                .body("paid_at", notNullValue());
        await().untilAsserted(() -> assertThat(Invoicing.events("invoice.invoice.paid.v1", tenant))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event).contains(id).contains("\"paid_at\":\"")));
    }

    @Test
    void partsAddUpToTheWhole() {
        // Given
        String id = finalized(tenant);
        pay(id, part("first", "100.00")).then().body("status", is("finalized")).body("due.amount", is("9.58"));
        // When
        var answer = pay(id, manual("second"));
        // Then
        answer.then().body("status", is("paid")).body("paid.amount", is("109.58"));
    }

    @Test
    void aCustomerPaysByTheTestCard() {
        // Given
        String id = finalized(tenant);
        // When
        var answer = owner(tenant)
                .body("{\"method\": \"test\", \"reference\": \"card_ok\"}")
                .post("/v1/invoices/" + id + "/pay");
        // Then
        answer.then().statusCode(200).body("status", is("paid"));
    }

    @Test
    void aDeclinedCardPaysNothing() {
        // Given
        String id = finalized(tenant);
        // When
        var refused = pay(id, "{\"method\": \"test\", \"reference\": \"card_declined\"}");
        // Then
        refused.then().spec(Problems.problem(402, "payment-declined"));
        owner(tenant).get("/v1/invoices/" + id).then().body("status", is("finalized"));
    }

    @Test
    void aCustomerCannotSayThatItPaid() {
        // Given
        String id = finalized(tenant);
        // When
        var refused = owner(tenant).body(manual("trust-me")).post("/v1/invoices/" + id + "/pay");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
        owner(tenant).get("/v1/invoices/" + id).then().body("due.amount", is("109.58"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"member", "viewer"})
    void onlyRolesThatHandleMoneyPay(String role) {
        // Given
        String id = finalized(tenant);
        // When
        var refused = as(Tokens.of(tenant, role)).body(manual("x")).post("/v1/invoices/" + id + "/pay");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
    }

    @Test
    void moreThanIsDueIsRefused() {
        // Given
        String id = finalized(tenant);
        // When
        var refused = pay(id, part("too-much", "109.59"));
        // Then
        refused.then()
                .spec(Problems.problem(422, "overpayment"))
                .body("detail", containsString("109.59"))
                .body("detail", containsString("109.58"));
    }

    @Test
    void aDraftIsNotPaid() {
        // Given
        String id = draft(tenant);
        // When
        var refused = pay(id, manual("early"));
        // Then
        refused.then().spec(Problems.problem(409, "invoice-not-payable"));
    }

    @Test
    void aPaidInvoiceIsNotPaidAgain() {
        // Given
        String id = finalized(tenant);
        pay(id, manual("once")).then().statusCode(200);
        // When
        var refused = pay(id, manual("twice"));
        // Then
        refused.then().spec(Problems.problem(409, "invoice-not-payable"));
    }

    @Test
    void theSameTransferIsBookedOnce() {
        // Given
        String id = finalized(tenant);
        pay(id, part("transfer-7", "10.00")).then().statusCode(200);
        // When
        var refused = pay(id, part("transfer-7", "10.00"));
        // Then
        refused.then().spec(Problems.problem(409, "payment-exists"));
        owner(tenant).get("/v1/invoices/" + id).then().body("paid.amount", is("10.00"));
    }

    @Test
    void aRepeatedRequestIsAnsweredAndNotBookedAgain() {
        // Given
        String id = finalized(tenant);
        String token = Tokens.operator();
        String key = "pay-" + id;
        String first = as(token)
                .header("Idempotency-Key", key)
                .body(part("p1", "10.00"))
                .post("/v1/invoices/" + id + "/pay")
                .asString();
        // When
        var again = as(token)
                .header("Idempotency-Key", key)
                .body(part("p1", "10.00"))
                .post("/v1/invoices/" + id + "/pay");
        // Then
        assertThat(again.asString()).isEqualTo(first);
        owner(tenant).get("/v1/invoices/" + id).then().body("paid.amount", is("10.00"));
        as(token)
                .header("Idempotency-Key", key)
                .body(part("p1", "20.00"))
                .post("/v1/invoices/" + id + "/pay")
                .then()
                .spec(Problems.problem(422, "idempotency-key-reused"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\": \"cash\", \"reference\": \"x\"}",
                "{\"method\": \"manual\", \"reference\": \"\"}",
                "{\"method\": \"manual\"}",
                "{\"reference\": \"x\"}",
                "{\"method\": \"manual\", \"reference\": \"x\", \"amount\": {\"amount\": \"0.00\", \"currency\": \"EUR\"}}",
                "{\"method\": \"manual\", \"reference\": \"x\", \"amount\": {\"amount\": \"-5.00\", \"currency\": \"EUR\"}}",
                "{\"method\": \"manual\", \"reference\": \"x\", \"amount\": {\"amount\": \"5.00\", \"currency\": \"USD\"}}",
                "{\"method\": \"manual\", \"reference\": \"x\", \"amount\": {\"amount\": \"5.001\", \"currency\": \"EUR\"}}",
                "{\"method\": \"manual\", \"reference\": \"x\", \"amount\": {\"amount\": 5.00, \"currency\": \"EUR\"}}",
                "{\"method\": \"manual\", \"reference\": \"x\", \"amount\": {\"amount\": \"1e999999999\", \"currency\": \"EUR\"}}",
                "{\"method\": \"manual\", \"reference\": \"x\", \"amount\": 5}",
                "{\"method\": \"manual\", \"reference\": \"x\", \"extra\": 1}",
                "null",
                ""
            })
    void aRequestThatIsNoPaymentChangesNothing(String body) {
        // Given
        String id = finalized(tenant);
        // When
        var refused = pay(id, body);
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
        owner(tenant).get("/v1/invoices/" + id).then().body("paid.amount", is("0.00"));
    }

    @Test
    void anotherTenantsInvoiceCannotBePaid() {
        // Given
        String id = finalized(tenant);
        // When
        var refused = owner(UUID.randomUUID())
                .body("{\"method\": \"test\", \"reference\": \"card_ok\"}")
                .post("/v1/invoices/" + id + "/pay");
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        operator().get("/v1/invoices/" + id).then().body("status", is("finalized"));
    }

    private static String part(String reference, String amount) {
        return """
                {"method": "manual", "reference": "%s", "amount": {"amount": "%s", "currency": "EUR"}}""".formatted(reference, amount);
    }
}
