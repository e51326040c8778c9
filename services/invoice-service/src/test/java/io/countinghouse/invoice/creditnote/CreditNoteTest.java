package io.countinghouse.invoice.creditnote;

import static io.countinghouse.invoice.Invoicing.act;
import static io.countinghouse.invoice.Invoicing.amount;
import static io.countinghouse.invoice.Invoicing.as;
import static io.countinghouse.invoice.Invoicing.credit;
import static io.countinghouse.invoice.Invoicing.draft;
import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.finalizedFlat;
import static io.countinghouse.invoice.Invoicing.manual;
import static io.countinghouse.invoice.Invoicing.operator;
import static io.countinghouse.invoice.Invoicing.owner;
import static io.countinghouse.invoice.Invoicing.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;

import io.countinghouse.invoice.TestClock;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CreditNoteTest {
    @Inject
    TestClock clock;

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void backToNow() {
        clock.reset();
        StubService.reset();
    }

    @Test
    void aLineIsCreditedWithItsTax() {
        // Given
        String invoice = finalized(tenant);
        // When
        var answer = credit(invoice, "\"lines\": [{\"position\": 1}]");
        // Then
        answer.then()
                .statusCode(201)
                .header("Location", is("/v1/credit-notes/" + answer.path("id")))
                .body("number", matchesRegex("CN-\\d{4}-\\d{6}"))
                .body("lines", hasSize(1))
                .body("lines[0].description", is("platform fee"))
                .body("net.amount", is("49.00"))
                .body("tax.amount", is("9.31"))
                .body("total.amount", is("58.31"));
        owner(tenant)
                .get("/v1/invoices/" + invoice)
                .then()
                .body("status", is("finalized"))
                .body("credited.amount", is("58.31"))
                .body("due.amount", is("51.27"));
    }

    @Test
    void whatIsCreditedWhollyCannotBePaid() {
        // Given
        String invoice = finalized(tenant);
        credit(invoice, "\"amount\": {\"amount\": \"109.58\", \"currency\": \"EUR\"}")
                .then()
                .statusCode(201);
        // When
        var refused = pay(invoice, manual("too-late"));
        // Then
        refused.then().spec(Problems.problem(409, "invoice-not-payable"));
        owner(tenant).get("/v1/invoices/" + invoice).then().body("status", is("credited"));
    }

    @Test
    void theLinesOneByOneAreTheInvoiceToTheCent() {
        // Given
        String invoice = finalized(tenant);
        // When
        for (int position = 1; position <= 4; position++) {
            credit(invoice, "\"lines\": [{\"position\": " + position + "}]")
                    .then()
                    .statusCode(201);
        }
        // Then
        owner(tenant).get("/v1/invoices/" + invoice).then().body("credited.amount", is("109.58"));
        credit(invoice, "\"amount\": {\"amount\": \"0.01\", \"currency\": \"EUR\"}")
                .then()
                .spec(Problems.problem(422, "credit-exceeds-invoice"));
    }

    @Test
    void amountsAddUpToTheInvoiceDownToTheLastCent() {
        // Given
        String invoice = finalizedFlat(tenant, "29.00");
        List<String> amounts = List.of("11.50", "11.50", "11.50", "0.01");
        // When
        List<String> taxes = amounts.stream()
                .map(amount -> credit(invoice, amount(amount)).<String>path("tax.amount"))
                .toList();
        // Then
        assertThat(taxes).containsExactly("1.84", "1.83", "1.84", "0.00");
        owner(tenant)
                .get("/v1/invoices/" + invoice)
                .then()
                .body("credited.amount", is("34.51"))
                .body("status", is("credited"));
    }

    @Test
    void anAmountThatIsLeftIsTaken() {
        // Given
        String invoice = finalizedFlat(tenant, "9.99");
        for (int note = 0; note < 3; note++) {
            credit(invoice, amount("2.97"));
        }
        // When
        var fourth = credit(invoice, amount("2.97"));
        // Then
        fourth.then().statusCode(201);
        credit(invoice, amount("0.02"))
                .then()
                .spec(Problems.problem(422, "credit-exceeds-invoice"))
                .body("detail", containsString("no more than EUR 0.01"));
        credit(invoice, amount("0.01")).then().statusCode(201);
    }

    @Test
    void aNoteSaysWhatItTakesOfEachRate() {
        // Given
        String invoice = finalizedFlat(tenant, "29.00");
        // When
        var answer = credit(invoice, amount("11.50"));
        // Then
        answer.then()
                .body("taxes", hasSize(1))
                .body("taxes[0].code", is("DE19"))
                .body("taxes[0].rate_percent", is("19"))
                .body("taxes[0].taxable.amount", is("9.66"))
                .body("taxes[0].amount.amount", is("1.84"));
    }

    @Test
    void aLineOfWhichAnAmountTookTheNetIsRefusedInTermsOfTheNet() {
        // Given
        String invoice = finalizedFlat(tenant, "29.00");
        credit(invoice, amount("11.50"));
        // When
        var refused = credit(invoice, "\"lines\": [{\"position\": 1}]");
        // Then
        refused.then()
                .spec(Problems.problem(422, "credit-exceeds-invoice"))
                .body("detail", containsString("EUR 29.00 without tax, no more than EUR 19.34"));
    }

    @Test
    void anAmountIsDividedIntoNetAndTax() {
        // Given
        String invoice = finalized(tenant);
        // When
        var answer = credit(invoice, "\"amount\": {\"amount\": \"11.90\", \"currency\": \"EUR\"}");
        // Then
        answer.then()
                .body("net.amount", is("10.00"))
                .body("tax.amount", is("1.90"))
                .body("total.amount", is("11.90"))
                .body("lines", empty());
    }

    @Test
    void aPaidInvoiceIsCreditedInFull() {
        // Given
        String invoice = finalized(tenant);
        pay(invoice, manual("transfer")).then().statusCode(200);
        // When
        var answer = credit(invoice, "\"amount\": {\"amount\": \"109.58\", \"currency\": \"EUR\"}");
        // Then
        answer.then().statusCode(201).body("net.amount", is("92.08")).body("tax.amount", is("17.50"));
        owner(tenant).get("/v1/invoices/" + invoice).then().body("status", is("paid"));
    }

    @Test
    void neverMoreThanTheInvoice() {
        // Given
        String invoice = finalized(tenant);
        credit(invoice, "\"amount\": {\"amount\": \"100.00\", \"currency\": \"EUR\"}")
                .then()
                .statusCode(201);
        // When
        var refused = credit(invoice, "\"amount\": {\"amount\": \"9.59\", \"currency\": \"EUR\"}");
        // Then
        refused.then().spec(Problems.problem(422, "credit-exceeds-invoice")).body("detail", containsString("9.58"));
    }

    @Test
    void neverMoreThanTheLine() {
        // Given
        String invoice = finalized(tenant);
        credit(invoice, "\"lines\": [{\"position\": 3, \"amount\": {\"amount\": \"2.00\", \"currency\": \"EUR\"}}]")
                .then()
                .statusCode(201);
        // When
        var refused = credit(
                invoice, "\"lines\": [{\"position\": 3, \"amount\": {\"amount\": \"0.96\", \"currency\": \"EUR\"}}]");
        // Then
        refused.then().spec(Problems.problem(422, "credit-exceeds-line")).body("detail", containsString("0.95"));
    }

    @Test
    void manyAtOnceDoNotCreditMoreThanTheInvoice() throws Exception {
        // Given
        String invoice = finalized(tenant);
        Callable<Integer> crediting =
                () -> credit(invoice, "\"amount\": {\"amount\": \"20.00\", \"currency\": \"EUR\"}")
                        .statusCode();
        // When
        List<Integer> statuses;
        try (var threads = Executors.newFixedThreadPool(16)) {
            statuses = threads
                    .invokeAll(IntStream.range(0, 16).mapToObj(i -> crediting).toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
        }
        // Then
        assertThat(statuses).containsOnly(201, 422);
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(5);
        owner(tenant).get("/v1/invoices/" + invoice).then().body("credited.amount", is("100.00"));
    }

    @Test
    void creditNotesHaveASeriesOfTheirOwn() {
        // Given
        clock.moveTo(Instant.parse("2060-03-01T00:00:00Z"));
        String invoice = finalized(tenant);
        // When
        var first = credit(invoice, "\"lines\": [{\"position\": 1}]");
        var refused = credit(invoice, "\"lines\": [{\"position\": 1}]");
        var second = credit(invoice, "\"lines\": [{\"position\": 2}]");
        // Then
        first.then().body("number", is("CN-2060-000001"));
        refused.then().spec(Problems.problem(422, "nothing-to-credit"));
        second.then().body("number", is("CN-2060-000002"));
    }

    @Test
    void aDraftIsNotCredited() {
        // Given
        String invoice = draft(tenant);
        // When
        var refused = credit(invoice, "\"lines\": [{\"position\": 1}]");
        // Then
        refused.then().spec(Problems.problem(409, "invoice-not-creditable"));
    }

    @Test
    void aCreditedInvoiceIsNotVoided() {
        // Given
        String invoice = finalized(tenant);
        credit(invoice, "\"lines\": [{\"position\": 1}]").then().statusCode(201);
        // When
        var refused = act(invoice, "void");
        // Then
        refused.then().spec(Problems.problem(409, "invoice-credited"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"lines\": []",
                "\"lines\": [{\"position\": 9}]",
                "\"lines\": [{\"position\": 0}]",
                "\"lines\": [{\"position\": 1}, {\"position\": 1}]",
                "\"lines\": [null]",
                "\"lines\": [{\"position\": 1, \"amount\": {\"amount\": \"1.00\", \"currency\": \"USD\"}}]",
                "\"amount\": {\"amount\": \"0.00\", \"currency\": \"EUR\"}",
                "\"amount\": {\"amount\": \"-1.00\", \"currency\": \"EUR\"}",
                "\"amount\": {\"amount\": \"1.00\", \"currency\": \"EUR\"}, \"lines\": [{\"position\": 1}]",
                "\"amount\": null"
            })
    void aRequestThatCreditsNothingSensibleIsRefused(String what) {
        // Given
        String invoice = finalized(tenant);
        // When
        var refused = credit(invoice, what);
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
        owner(tenant).get("/v1/invoices/" + invoice).then().body("credited.amount", is("0.00"));
    }

    @Test
    void aReasonIsNeeded() {
        // Given
        String invoice = finalized(tenant);
        // When
        var refused = operator()
                .body("{\"invoice_id\": \"" + invoice + "\", \"lines\": [{\"position\": 1}], \"reason\": \" \"}")
                .post("/v1/credit-notes");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("reason"));
    }

    @Test
    void aRepeatedRequestIsAnsweredAndNotCreditedAgain() {
        // Given
        String invoice = finalized(tenant);
        String token = Tokens.operator();
        String body =
                "{\"invoice_id\": \"" + invoice + "\", \"lines\": [{\"position\": 1}], \"reason\": \"wrong plan\"}";
        String first = as(token)
                .header("Idempotency-Key", "credit-" + invoice)
                .body(body)
                .post("/v1/credit-notes")
                .asString();
        // When
        var again = as(token)
                .header("Idempotency-Key", "credit-" + invoice)
                .body(body)
                .post("/v1/credit-notes");
        // Then
        again.then().statusCode(201);
        assertThat(again.asString()).isEqualTo(first);
        owner(tenant).get("/v1/credit-notes?invoice_id=" + invoice).then().body("data", hasSize(1));
    }

    @Test
    void aCustomerReadsItsNotesAndIssuesNone() {
        // Given
        String invoice = finalized(tenant);
        String note = credit(invoice, "\"lines\": [{\"position\": 1}]").path("id");
        // When
        var read = owner(tenant).get("/v1/credit-notes/" + note);
        // Then
        read.then().statusCode(200).body("invoice_id", is(invoice)).body("reason", is("wrong plan"));
        owner(tenant).get("/v1/credit-notes").then().body("data.id", contains(note));
        owner(tenant)
                .body("{\"invoice_id\": \"" + invoice + "\", \"lines\": [{\"position\": 2}], \"reason\": \"x\"}")
                .post("/v1/credit-notes")
                .then()
                .spec(Problems.problem(403, "forbidden"));
    }

    @Test
    void anotherTenantsNoteDoesNotExist() {
        // Given
        String note =
                credit(finalized(tenant), "\"lines\": [{\"position\": 1}]").path("id");
        // When
        var refused = owner(UUID.randomUUID()).get("/v1/credit-notes/" + note);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        owner(UUID.randomUUID()).get("/v1/credit-notes").then().body("data", empty());
    }
}
