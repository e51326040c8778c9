package io.countinghouse.invoice.invoice;

import static io.countinghouse.invoice.Invoicing.CUSTOMER;
import static io.countinghouse.invoice.Invoicing.GERMAN_TAX;
import static io.countinghouse.invoice.Invoicing.act;
import static io.countinghouse.invoice.Invoicing.as;
import static io.countinghouse.invoice.Invoicing.billTo;
import static io.countinghouse.invoice.Invoicing.billedPeriod;
import static io.countinghouse.invoice.Invoicing.deliver;
import static io.countinghouse.invoice.Invoicing.draft;
import static io.countinghouse.invoice.Invoicing.generate;
import static io.countinghouse.invoice.Invoicing.operator;
import static io.countinghouse.invoice.Invoicing.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.invoice.Invoicing;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That an invoice is issued to the customer, and with the tax, of the day it is issued. */
@QuarkusTest
class CustomerAtFinalizeTest {
    private static final String AUSTRIAN = """
            {"name": "Neue Firma GmbH", "email": "new@firma.example", "address_line": "Ring 1", "postal_code": "1010",
             "city": "Wien", "country": "AT", "tax_id": "ATU12345678"}""";
    private static final String AUSTRIAN_TAX = "{\"code\": \"AT20\", \"rate_percent\": \"20\"}";
    private static final String NOBODY = """
            {"name": "Acme", "email": "a@acme.example", "address_line": null, "postal_code": null, "city": "",
             "country": null, "tax_id": null}""";

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void theCustomerIsTheOneOfTheDayOfIssue() {
        // Given
        UUID period = billedPeriod(tenant);
        String id = generate(period).path("id");
        billTo(period, AUSTRIAN, AUSTRIAN_TAX);
        // When
        var answer = act(id, "finalize");
        // Then
        answer.then()
                .statusCode(200)
                .body("customer.name", is("Neue Firma GmbH"))
                .body("customer.country", is("AT"))
                .body("customer.tax_id", is("ATU12345678"))
                .body("taxes", hasSize(1))
                .body("taxes[0].code", is("AT20"))
                .body("net.amount", is("92.08"))
                .body("tax.amount", is("18.42"))
                .body("total.amount", is("110.50"))
                .body("due.amount", is("110.50"));
    }

    @Test
    void aTaxThatNoLongerAppliesIsNotCharged() {
        // Given
        UUID period = billedPeriod(tenant);
        String id = generate(period).path("id");
        billTo(period, AUSTRIAN, "null");
        // When
        var answer = act(id, "finalize");
        // Then
        answer.then().body("tax.amount", is("0.00")).body("taxes.code", contains(nullValue()));
    }

    @Test
    void aVoidInvoiceIsMadeAgainForTheCorrectedCustomer() {
        // Given
        UUID period = billedPeriod(tenant);
        String wrong = generate(period).path("id");
        act(wrong, "finalize");
        act(wrong, "void");
        billTo(period, AUSTRIAN, AUSTRIAN_TAX);
        // When
        var answer = generate(period);
        // Then
        answer.then()
                .statusCode(201)
                .body("id", not(wrong))
                .body("customer.city", is("Wien"))
                .body("tax.amount", is("18.42"));
    }

    @Test
    void withoutAnAddressNothingIsIssuedAndTheDraftWaits() {
        // Given
        UUID period = billedPeriod(tenant);
        String id = generate(period).path("id");
        billTo(period, NOBODY, "null");
        // When
        var refused = act(id, "finalize");
        // Then
        refused.then()
                .spec(Problems.problem(422, "customer-incomplete"))
                .body("detail", containsString("address_line, city, country"))
                .body("errors.field", contains("address_line", "city", "country"));
        operator()
                .get("/v1/invoices?waiting_for=customer&tenant_id=" + tenant)
                .then()
                .body("data.id", contains(id))
                .body("data[0].status", is("draft"))
                .body("data[0].waiting_for", is("customer"));
    }

    /** A profile of before countries were checked may have one; no tax is known for it. */
    @ParameterizedTest
    @ValueSource(strings = {"UK", "EL", "XX", "de"})
    void aCountryOutsideIso3166IsNotOne(String country) {
        // Given
        UUID period = billedPeriod(tenant);
        String id = generate(period).path("id");
        billTo(period, CUSTOMER.replace("\"DE\"", "\"" + country + "\""), "null");
        // When
        var refused = act(id, "finalize");
        // Then
        refused.then().spec(Problems.problem(422, "customer-incomplete")).body("errors.field", contains("country"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "address_line", "city", "country"})
    void eachFactThatAnInvoiceMustSayIsAskedFor(String field) {
        // Given
        UUID period = billedPeriod(tenant);
        String id = generate(period).path("id");
        billTo(period, CUSTOMER.replaceAll("\"" + field + "\": \"[^\"]*\"", "\"" + field + "\": \" \""), GERMAN_TAX);
        // When
        var refused = act(id, "finalize");
        // Then
        refused.then().spec(Problems.problem(422, "customer-incomplete")).body("errors.field", contains(field));
    }

    @Test
    void aPeriodOfATenantWithoutAProfileMakesADraftThatWaits() {
        // Given
        UUID period = UUID.randomUUID();
        // When
        deliver(
                        "billing-service",
                        UUID.randomUUID().toString(),
                        "billing.period.closed.v1",
                        tenant,
                        Invoicing.period(period, tenant, "null").replace(CUSTOMER, NOBODY))
                .then()
                .statusCode(204);
        // Then
        owner(tenant).get("/v1/invoices").then().body("data.waiting_for", contains("customer"));
    }

    @Test
    void whatWaitedIsIssuedOnceTheProfileIsComplete() {
        // Given
        UUID period = billedPeriod(tenant, "null", text -> text.replace(CUSTOMER, NOBODY));
        String id = generate(period).path("id");
        act(id, "finalize");
        billTo(period, CUSTOMER, GERMAN_TAX);
        // When
        var answer = act(id, "finalize");
        // Then
        answer.then()
                .statusCode(200)
                .body("waiting_for", nullValue())
                .body("customer.city", is("Berlin"))
                .body("tax.amount", is("17.50"));
        operator()
                .get("/v1/invoices?waiting_for=customer&tenant_id=" + tenant)
                .then()
                .body("data", empty());
    }

    @Test
    void whenBillingIsAwayNothingChanges() {
        // Given
        UUID period = billedPeriod(tenant);
        String id = generate(period).path("id");
        StubService.on("GET", "/v1/billing/periods/" + period + "/party", 500, "{}");
        // When
        var refused = act(id, "finalize");
        // Then
        refused.then().spec(Problems.problem(503, "billing-unavailable")).header("Retry-After", is("5"));
        owner(tenant)
                .get("/v1/invoices/" + id)
                .then()
                .body("status", is("draft"))
                .body("waiting_for", nullValue())
                .body("total.amount", is("109.58"));
    }

    @Test
    void aRepeatedRequestIsAnsweredWithoutBilling() {
        // Given
        UUID period = billedPeriod(tenant);
        String id = generate(period).path("id");
        String token = Tokens.operator();
        String path = "/v1/invoices/" + id + "/finalize";
        String first = as(token).header("Idempotency-Key", id).post(path).asString();
        StubService.on("GET", "/v1/billing/periods/" + period + "/party", 500, "{}");
        // When
        var again = as(token).header("Idempotency-Key", id).post(path);
        // Then
        again.then().statusCode(200);
        assertThat(again.asString()).isEqualTo(first);
    }

    @Test
    void manyAtOnceIssueADraftOnce() throws Exception {
        // Given
        String id = draft(tenant);
        Callable<Integer> finalizing = () -> act(id, "finalize").statusCode();
        // When
        List<Integer> statuses;
        try (var threads = Executors.newFixedThreadPool(8)) {
            statuses = threads
                    .invokeAll(Stream.generate(() -> finalizing).limit(8).toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
        }
        // Then
        assertThat(statuses).containsOnly(200, 409);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    }

    @Test
    void aFilterByWhatNothingWaitsForIsRefused() {
        // When
        var refused = operator().get("/v1/invoices?waiting_for=godot");
        // Then
        refused.then().spec(Problems.problem(400, "validation")).body("errors[0].field", is("waiting_for"));
    }
}
