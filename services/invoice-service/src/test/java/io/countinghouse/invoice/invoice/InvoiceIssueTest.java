package io.countinghouse.invoice.invoice;

import static io.countinghouse.invoice.Invoicing.act;
import static io.countinghouse.invoice.Invoicing.as;
import static io.countinghouse.invoice.Invoicing.billedPeriod;
import static io.countinghouse.invoice.Invoicing.draft;
import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.generate;
import static io.countinghouse.invoice.Invoicing.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.countinghouse.invoice.Invoicing;
import io.countinghouse.invoice.TestClock;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InvoiceIssueTest {
    @Inject
    TestClock clock;

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void backToNow() {
        clock.reset();
        StubService.reset();
    }

    @Test
    void finalizingGivesANumberAndDates() {
        // Given
        String id = draft(tenant);
        // When
        var answer = act(id, "finalize");
        // Then
        answer.then()
                .statusCode(200)
                .body("status", is("finalized"))
                .body("number", matchesRegex("INV-\\d{4}-\\d{6}"))
                .body("seller.name", notNullValue());
        Instant issued = Instant.parse(answer.path("issued_at"));
        assertThat(Instant.parse(answer.path("due_at"))).isEqualTo(issued.plus(Duration.ofDays(14)));
    }

    @Test
    void theNumberIsOfTheYearOfTheInjectedClock() {
        // Given
        String id = draft(tenant);
        clock.moveTo(Instant.parse("2031-01-01T00:00:01Z"));
        // When
        var answer = act(id, "finalize");
        // Then
        answer.then().body("number", is("INV-2031-000001")).body("issued_at", containsString("2031-01-01T00:00:0"));
    }

    @Test
    void thirtyTwoAtOnceTakeTheNumbersOneToThirtyTwo() throws Exception {
        // Given
        List<String> drafts = Stream.generate(() -> draft(tenant)).limit(32).toList();
        clock.moveTo(Instant.parse("2040-06-01T00:00:00Z"));
        // When
        List<String> numbers;
        try (var threads = Executors.newFixedThreadPool(32)) {
            numbers = threads
                    .invokeAll(drafts.stream()
                            .map(id -> (Callable<String>) () -> act(id, "finalize")
                                    .then()
                                    .statusCode(200)
                                    .extract()
                                    .path("number"))
                            .toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
        }
        // Then
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 32)
                        .mapToObj("INV-2040-%06d"::formatted)
                        .toList());
    }

    @Test
    void theSameKeyFiftyTimesAtOnceGivesOneNumberAndFiftyEqualAnswers() throws Exception {
        // Given
        String id = draft(tenant);
        String token = Tokens.operator();
        // When
        List<String> answers = atOnce(
                50,
                () -> as(token)
                        .header("Idempotency-Key", "finalize-" + id)
                        .post("/v1/invoices/" + id + "/finalize")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
        // Then
        assertThat(answers).hasSize(50).containsOnly(answers.getFirst());
    }

    @Test
    void aRepeatedVoidIsAnsweredAndMadeOnce() {
        // Given
        String id = finalized(tenant);
        String token = Tokens.operator();
        String path = "/v1/invoices/" + id + "/void";
        String first = as(token).header("Idempotency-Key", id).post(path).asString();
        // When
        var again = as(token).header("Idempotency-Key", id).post(path);
        // Then
        again.then().statusCode(200);
        assertThat(again.asString()).isEqualTo(first);
        act(id, "void").then().spec(Problems.problem(409, "invoice-not-finalized"));
    }

    @Test
    void aRefusedFinalizationTakesNoNumber() {
        // Given
        clock.moveTo(Instant.parse("2050-01-01T00:00:00Z"));
        String first = draft(tenant);
        String second = draft(tenant);
        act(first, "finalize").then().body("number", is("INV-2050-000001"));
        act(first, "finalize").then().spec(Problems.problem(409, "invoice-not-draft"));
        act(UUID.randomUUID().toString(), "finalize").then().spec(Problems.problem(404, "not-found"));
        // When
        var answer = act(second, "finalize");
        // Then
        answer.then().body("number", is("INV-2050-000002"));
    }

    @Test
    void theWorldHearsThatAnInvoiceWasFinalized() {
        // When
        String id = finalized(tenant);
        // Then
        await().untilAsserted(() -> assertThat(Invoicing.events("invoice.invoice.finalized.v1", tenant))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event)
                        .contains(id)
                        .contains("\"total\":{\"amount\":\"109.58\",\"currency\":\"EUR\"}")
                        .contains("books@mueller.example")));
    }

    @Test
    void anIssuedInvoiceIsOnTheAuditTrail() {
        // When
        String id = finalized(tenant);
        // Then
        await().untilAsserted(() -> assertThat(StubService.events("countinghouse.audit.recorded.v1"))
                .anySatisfy(event -> assertThat(event)
                        .contains(id)
                        .contains("invoice.finalized")
                        .contains("operator")));
    }

    @Test
    void aVoidInvoiceKeepsItsNumberAndMakesRoomForAnother() {
        // Given
        UUID period = billedPeriod(tenant);
        String id = generate(period).path("id");
        String number = act(id, "finalize").path("number");
        // When
        var answer = act(id, "void");
        // Then
        answer.then()
                .statusCode(200)
                .body("status", is("void"))
                .body("number", is(number))
                .body("due.amount", is("0.00"));
        generate(period).then().statusCode(201).body("id", not(id));
        await().untilAsserted(() -> assertThat(Invoicing.events("invoice.invoice.voided.v1", tenant))
                .hasSize(2));
    }

    @Test
    void onlyAFinalizedInvoiceIsVoided() {
        // Given
        String id = draft(tenant);
        // When
        var refused = act(id, "void");
        // Then
        refused.then().spec(Problems.problem(409, "invoice-not-finalized"));
    }

    @Test
    void aPaidInvoiceIsNotVoided() {
        // Given
        String id = finalized(tenant);
        Invoicing.pay(id, Invoicing.manual("transfer-1")).then().statusCode(200);
        // When
        var refused = act(id, "void");
        // Then
        refused.then().spec(Problems.problem(409, "invoice-paid")).body("detail", containsString("credit note"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"finalize", "void"})
    void aCustomerDoesNotChangeItsInvoices(String action) {
        // Given
        String id = finalized(tenant);
        // When
        var refused = owner(tenant).post("/v1/invoices/" + id + "/" + action);
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
        as(Tokens.scoped(tenant, "invoices:write"))
                .post("/v1/invoices/" + id + "/" + action)
                .then()
                .spec(Problems.problem(403, "forbidden"));
    }

    @Test
    void theOperatorsMachineIssuesInvoices() {
        // Given
        String id = draft(tenant);
        // When
        var answer = as(Tokens.scoped(null, "invoices:write")).post("/v1/invoices/" + id + "/finalize");
        // Then
        answer.then().statusCode(200);
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(times)) {
            return threads
                    .invokeAll(IntStream.range(0, times).mapToObj(i -> call).toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
        }
    }
}
