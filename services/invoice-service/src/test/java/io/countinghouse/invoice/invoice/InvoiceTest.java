package io.countinghouse.invoice.invoice;

import static io.countinghouse.invoice.Invoicing.as;
import static io.countinghouse.invoice.Invoicing.billedPeriod;
import static io.countinghouse.invoice.Invoicing.deliver;
import static io.countinghouse.invoice.Invoicing.draft;
import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.generate;
import static io.countinghouse.invoice.Invoicing.operator;
import static io.countinghouse.invoice.Invoicing.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import io.countinghouse.invoice.Invoicing;
import io.countinghouse.invoice.TestClock;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
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
class InvoiceTest {
    @Inject
    TestClock clock;

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void backToNow() {
        clock.reset();
        StubService.reset();
    }

    @Test
    void theDemoPeriodMakesTheDemoInvoice() {
        // Given
        UUID period = billedPeriod(tenant);
        // When
        var drafted = generate(period);
        // Then
        drafted.then()
                .statusCode(201)
                .header("Location", is("/v1/invoices/" + drafted.path("id")))
                .body("status", is("draft"))
                .body("number", nullValue())
                .body("lines.amount.amount", contains("49.00", "36.60", "2.95", "3.53"))
                .body("net.amount", is("92.08"))
                .body("taxes", hasSize(1))
                .body("taxes[0].code", is("DE19"))
                .body("tax.amount", is("17.50"))
                .body("total.amount", is("109.58"))
                .body("due.amount", is("109.58"))
                .body("customer.name", is("Müller & Söhne GmbH"));
        String id = drafted.then().extract().path("id");
        owner(tenant)
                .get("/v1/invoices/" + id)
                .then()
                .statusCode(200)
                .body("total.amount", is("109.58"))
                .body("lines[1].breakdown", hasSize(3))
                .body("lines[1].quantity", is("18059974"));
    }

    @Test
    void withoutATaxThereIsNone() {
        // Given
        UUID period = billedPeriod(tenant, "null");
        // When
        var drafted = generate(period);
        // Then
        drafted.then()
                .body("tax.amount", is("0.00"))
                .body("total.amount", is("92.08"))
                .body("taxes[0].code", nullValue());
    }

    @Test
    void aClosedPeriodBecomesADraftByItself() {
        // Given
        UUID period = UUID.randomUUID();
        // When
        var answer = deliver(
                "billing-service",
                UUID.randomUUID().toString(),
                "billing.period.closed.v1",
                tenant,
                Invoicing.period(period, tenant, Invoicing.GERMAN_TAX));
        // Then
        answer.then().log().ifValidationFails().statusCode(204);
        owner(tenant)
                .get("/v1/invoices")
                .then()
                .body("data", hasSize(1))
                .body("data[0].period_id", is(period.toString()))
                .body("data[0].total.amount", is("109.58"));
    }

    @Test
    void theSameEventTwiceMakesOneDraft() {
        // Given
        UUID period = UUID.randomUUID();
        String event = UUID.randomUUID().toString();
        String data = Invoicing.period(period, tenant, Invoicing.GERMAN_TAX);
        deliver("billing-service", event, "billing.period.closed.v1", tenant, data);
        // When
        deliver("billing-service", event, "billing.period.closed.v1", tenant, data);
        // Then
        owner(tenant).get("/v1/invoices").then().body("data", hasSize(1));
    }

    @Test
    void eventAndRequestForOnePeriodMakeOneDraft() {
        // Given
        UUID period = billedPeriod(tenant);
        deliver(
                "billing-service",
                UUID.randomUUID().toString(),
                "billing.period.closed.v1",
                tenant,
                Invoicing.period(period, tenant, Invoicing.GERMAN_TAX));
        // When
        var answer = generate(period);
        // Then
        answer.then().statusCode(200).body("period_id", is(period.toString()));
        owner(tenant).get("/v1/invoices").then().body("data", hasSize(1));
    }

    @Test
    void manyRequestsForOnePeriodAtOnceMakeOneDraft() throws Exception {
        // Given
        UUID period = billedPeriod(tenant);
        // When
        List<String> ids = atOnce(16, () -> generate(period).then().extract().path("id"));
        // Then
        assertThat(ids).hasSize(16).containsOnly(ids.getFirst());
    }

    @Test
    void aPeriodThatBillingDoesNotKnowHasNoInvoice() {
        // When
        var refused = generate(UUID.randomUUID());
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
    }

    @Test
    void aPeriodOfWhichNothingWasBilledMakesNoInvoice() {
        // Given
        UUID period = billedPeriod(
                UUID.randomUUID(),
                Invoicing.GERMAN_TAX,
                said -> said.replace(Invoicing.LINES, "[]").replace("92.08", "0.00"));
        // When
        var refused = generate(period);
        // Then
        refused.then().spec(Problems.problem(422, "nothing-to-invoice"));
    }

    @Test
    void whenBillingIsAwayTheAnswerSaysWhenToTryAgain() {
        // Given
        UUID period = UUID.randomUUID();
        StubService.on("GET", "/v1/billing/periods/" + period, 500, "{}");
        // When
        var refused = generate(period);
        // Then
        refused.then().spec(Problems.problem(503, "billing-unavailable")).header("Retry-After", is("5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"period_id\": \"x\"}", "{\"period_id\": null}", "{\"period\": 1}", "[]", "{"})
    void aRequestThatNamesNoPeriodIsRefused(String body) {
        // When
        var refused = operator().body(body).post("/v1/invoices/generate");
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void aRepeatedDraftIsAnsweredWithTheFirstAlsoWhileBillingIsAway() {
        // Given
        UUID period = billedPeriod(tenant);
        String token = Tokens.operator();
        String body = "{\"period_id\": \"" + period + "\"}";
        String first = as(token)
                .header("Idempotency-Key", body)
                .body(body)
                .post("/v1/invoices/generate")
                .asString();
        StubService.on("GET", "/v1/billing/periods/" + period, 500, "{}");
        // When
        var again = as(token).header("Idempotency-Key", body).body(body).post("/v1/invoices/generate");
        // Then
        again.then().statusCode(201);
        assertThat(again.asString()).isEqualTo(first);
    }

    @Test
    void aCustomersMachineDraftsNoInvoice() {
        // Given
        UUID period = billedPeriod(tenant);
        // When
        var refused = as(Tokens.scoped(tenant, "invoices:write"))
                .body("{\"period_id\": \"" + period + "\"}")
                .post("/v1/invoices/generate");
        // Then
        refused.then().spec(Problems.problem(403, "forbidden"));
    }

    @Test
    void anotherTenantsInvoiceDoesNotExist() {
        // Given
        String id = finalized(tenant);
        // When
        var refused = owner(UUID.randomUUID()).get("/v1/invoices/" + id);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        owner(UUID.randomUUID()).get("/v1/invoices").then().body("data", empty());
        owner(UUID.randomUUID())
                .get("/v1/invoices?tenant_id=" + tenant)
                .then()
                .spec(Problems.problem(404, "not-found"));
    }

    @Test
    void invoicesAreListedByStatusAndTenantInPages() {
        // Given
        String draft = draft(tenant);
        String issued = finalized(tenant);
        String later = finalized(tenant);
        // When
        var drafts = operator().get("/v1/invoices?status=draft&tenant_id=" + tenant);
        // Then
        drafts.then().body("data.id", contains(draft)).body("next", nullValue());
        String next = operator()
                .get("/v1/invoices?status=finalized&limit=1&tenant_id=" + tenant)
                .then()
                .body("data.id", contains(later))
                .extract()
                .path("next");
        owner(tenant)
                .get("/v1/invoices?status=finalized&limit=1&after=" + next)
                .then()
                .body("data.id", contains(issued))
                .body("data.tenant_id", everyItem(is(tenant.toString())))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=open", "status=DRAFT", "limit=0", "limit=1001", "after=x"})
    void aFilterThatSaysNothingIsRefused(String query) {
        // When
        var refused = owner(tenant).get("/v1/invoices?" + query);
        // Then
        refused.then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void anIdThatIsNoneIsAProblem() {
        // When
        var refused = owner(tenant).get("/v1/invoices/not-an-id");
        // Then
        refused.then().statusCode(oneOf(400, 404)).contentType("application/problem+json");
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
