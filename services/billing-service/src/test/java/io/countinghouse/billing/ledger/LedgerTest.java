package io.countinghouse.billing.ledger;

import static io.countinghouse.billing.Billing.close;
import static io.countinghouse.billing.Billing.deliver;
import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class LedgerTest {
    private static final Instant START = Instant.parse("2023-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2023-12-01T00:00:00Z");

    private final UUID tenant = UUID.randomUUID();

    @Test
    void everyStepIsNumberedWithoutAGap() {
        // Given
        UUID id = subscription(tenant, flatPlan("49.00"), START, END);
        // When
        close(id).statusCode(200);
        // Then
        owner(tenant)
                .get("/v1/billing/events")
                .then()
                .statusCode(200)
                .body("data.sequence", contains(3, 2, 1))
                .body("data.type", contains("period_closed", "period_charge", "subscription_created"))
                .body("data[0].amount.amount", is("49.00"))
                .body("data[1].details.description", is("fee"))
                .body("data[2].amount", nullValue())
                .body("next", nullValue());
    }

    @Test
    void theLedgerIsReadInPages() {
        // Given
        close(subscription(tenant, flatPlan("49.00"), START, END)).statusCode(200);
        // When
        var first = operator().get("/v1/billing/events?limit=2&tenant_id=" + tenant);
        // Then
        first.then().body("data.sequence", contains(3, 2)).body("next", is("2"));
        owner(tenant).get("/v1/billing/events?limit=2&after=2").then().body("data.sequence", contains(1));
    }

    @ParameterizedTest
    @CsvSource({
        "invoice.finalized,invoice_finalized,109.58",
        "invoice.voided,invoice_voided,-109.58",
        "payment.recorded,payment_recorded,-20.00",
        "credit_note.issued,credit_note_issued,-9.58"
    })
    void aMovementIsWrittenDownOnceWithItsOwnAmount(String what, String type, String amount) {
        // Given
        UUID invoice = UUID.randomUUID();
        String data = movement(invoice, amount.replace("-", ""));
        tell(what, data);
        // When
        tell(what, data);
        // Then
        owner(tenant)
                .get("/v1/billing/events")
                .then()
                .body("data", hasSize(1))
                .body("data[0].type", is(type))
                .body("data[0].amount.amount", is(amount))
                .body("data[0].details.number", is("INV-2026-000007"))
                .body("data[0].details.invoice_id", is(invoice.toString()));
    }

    @ParameterizedTest
    @CsvSource({"paid,invoice_paid", "credited,invoice_credited"})
    void thatAnInvoiceIsSettledIsAFactWithoutAnAmount(String what, String type) {
        // When
        tell("invoice." + what, movement(UUID.randomUUID(), "109.58"));
        // Then
        owner(tenant)
                .get("/v1/billing/events")
                .then()
                .body("data.type", contains(type))
                .body("data[0].amount", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "payment.recorded,payment_id",
        "payment.recorded,amount",
        "credit_note.issued,credit_note_id",
        "credit_note.issued,credit_note_number",
        "invoice.finalized,invoice_id",
        "invoice.paid,number"
    })
    void anEventThatLacksWhatMovedIsRefused(String what, String missing) {
        // Given
        String data = movement(UUID.randomUUID(), "20.00").replace("\"" + missing + "\"", "\"no_" + missing + "\"");
        // When
        var refused = deliver(
                "invoice-service",
                UUID.randomUUID().toString(),
                "invoice." + what + ".v1",
                tenant,
                // The amounts within the sums of money stay.
                data.replace("{\"no_amount\"", "{\"amount\""));
        // Then
        refused.then().spec(Problems.problem(422, "event-incomplete"));
    }

    @Test
    void notEvenTheDatabaseTakesAMovementTwice() throws SQLException {
        // Given
        tell("payment.recorded", movement(UUID.randomUUID(), "20.00"));
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            // When
            var refused = assertThatThrownBy(() -> statement.execute("""
                    INSERT INTO billing_event (id, tenant_id, sequence, type, amount, currency, details, occurred_at)
                    SELECT gen_random_uuid(), tenant_id, 2, type, amount, currency, details, occurred_at
                    FROM billing_event WHERE tenant_id = '%s'""".formatted(tenant)));
            // Then
            refused.hasMessageContaining("one_entry_per_movement");
        }
    }

    /** Four invoices over 34.51: credited, paid and credited, credited and paid 0.01, paid and then credited 10.00. */
    @Test
    void theLedgerSaysWhatIsOwedInAnyOrderOfArrival() {
        // Given
        List<Runnable> news = new ArrayList<>();
        for (String settled : List.of("c34.51", "p20.00 c14.51", "c34.50 p0.01", "p34.51 c10.00")) {
            UUID invoice = UUID.randomUUID();
            news.add(() -> tell("invoice.finalized", movement(invoice, "34.51")));
            for (String step : settled.split(" ")) {
                String what = step.startsWith("c") ? "credit_note.issued" : "payment.recorded";
                news.add(() -> tell(what, movement(invoice, step.substring(1))));
            }
            news.add(() -> tell("invoice.paid", movement(invoice, "34.51")));
        }
        Collections.shuffle(news, new Random(20260101));
        // When
        news.forEach(Runnable::run);
        // Then
        List<String> amounts = owner(tenant)
                .get("/v1/billing/events?limit=100")
                .then()
                .body("data", hasSize(news.size()))
                .extract()
                .path("data.findAll { it.amount != null }.amount.amount");
        assertThat(amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("-10.00");
    }

    private void tell(String what, String data) {
        deliver("invoice-service", UUID.randomUUID().toString(), "invoice." + what + ".v1", tenant, data)
                .then()
                .statusCode(204);
    }

    /** An event of invoice-service; the same arguments are the same payment and the same credit note. */
    private static String movement(UUID invoice, String amount) {
        UUID id = UUID.nameUUIDFromBytes((invoice + amount).getBytes(StandardCharsets.UTF_8));
        return """
                {"invoice_id": "%s", "number": "INV-2026-000007", "period_id": null, "subscription_id": null,
                 "customer": {"name": "Acme", "email": "a@acme.example"},
                 "total": {"amount": "109.58", "currency": "EUR"}, "net": {"amount": "92.08", "currency": "EUR"},
                 "tax": {"amount": "17.50", "currency": "EUR"}, "issued_at": "2026-01-01T00:00:00Z",
                 "due_at": "2026-01-15T00:00:00Z", "paid_at": null, "due": {"amount": "0.00", "currency": "EUR"},
                 "amount": {"amount": "%s", "currency": "EUR"}, "payment_id": "%s", "method": "manual",
                 "credit_note_id": "%s", "credit_note_number": "CN-2026-000001"}""".formatted(invoice, amount, id, id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UPDATE billing_event SET amount = 0", "DELETE FROM billing_event", "TRUNCATE billing_event"})
    void notEvenTheOwnerOfTheDatabaseRewritesTheLedger(String sql) throws SQLException {
        // Given
        subscription(tenant, flatPlan("49.00"), START, END);
        try (Connection owner = TestDatabase.ofApplication();
                Statement statement = owner.createStatement()) {
            // When
            var refused = assertThatThrownBy(() -> statement.execute(sql));
            // Then
            refused.isInstanceOf(SQLException.class);
        }
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("append-only");
        }
    }

    @Test
    void theDatabaseItselfHidesAnotherTenantsRows() throws SQLException {
        // Given
        close(subscription(tenant, flatPlan("49.00"), START, END)).statusCode(200);
        try (Connection application = TestDatabase.ofApplication();
                Statement statement = application.createStatement()) {
            // When
            statement.execute("SELECT set_config('app.tenant', '" + UUID.randomUUID() + "', false)");
            // Then
            for (String table : new String[] {
                "billing_event",
                "subscription",
                "subscription_phase",
                "billing_period",
                "billing_line",
                "tenant_billing_profile",
                "billing_event_sequence",
                "usage_alert",
                "usage_alert_firing",
                "plan_tenant",
                "blocked_charge"
            }) {
                try (var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    rows.next();
                    assertThat(rows.getInt(1)).as(table).isZero();
                }
            }
        }
    }

    @Test
    void anotherTenantsLedgerDoesNotExist() {
        // Given
        subscription(tenant, flatPlan("49.00"), START, END);
        // When
        var refused = owner(UUID.randomUUID()).get("/v1/billing/events?tenant_id=" + tenant);
        // Then
        refused.then().spec(Problems.problem(404, "not-found"));
        owner(UUID.randomUUID()).get("/v1/billing/events").then().body("data", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "after=x"})
    void aPageThatIsNoneIsRefused(String query) {
        // When
        var refused = owner(tenant).get("/v1/billing/events?" + query);
        // Then
        refused.then().spec(Problems.problem(400, "validation"));
    }

    @Test
    void anOperatorNamesTheTenant() {
        // When
        var refused = operator().get("/v1/billing/events");
        // Then
        refused.then().spec(Problems.problem(400, "validation"));
    }
}
