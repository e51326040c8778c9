package io.countinghouse.invoice.invoice;

import static io.countinghouse.invoice.Invoicing.GERMAN_TAX;
import static io.countinghouse.invoice.Invoicing.act;
import static io.countinghouse.invoice.Invoicing.amount;
import static io.countinghouse.invoice.Invoicing.credit;
import static io.countinghouse.invoice.Invoicing.finalizedFlat;
import static io.countinghouse.invoice.Invoicing.finalizedPeriod;
import static io.countinghouse.invoice.Invoicing.flatPeriod;
import static io.countinghouse.invoice.Invoicing.generate;
import static io.countinghouse.invoice.Invoicing.manual;
import static io.countinghouse.invoice.Invoicing.operator;
import static io.countinghouse.invoice.Invoicing.owner;
import static io.countinghouse.invoice.Invoicing.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.invoice.Invoicing;
import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That nothing due is settled, by whatever made it nothing, and that the others hear of it once. */
@QuarkusTest
class SettlementTest {
    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void anInvoiceOverNothingIsPaidWhenItIsIssued() {
        // Given
        String id = generate(flatPeriod(tenant, GERMAN_TAX, "0.00", "EUR")).path("id");
        // When
        var answer = act(id, "finalize");
        // Then
        answer.then()
                .statusCode(200)
                .body("status", is("paid"))
                .body("number", notNullValue())
                .body("paid.amount", is("0.00"))
                .body("paid_at", is(answer.<String>path("issued_at")));
        JsonPath paid = only("invoice.invoice.paid.v1");
        assertThat(paid.getString("data.paid.amount")).isEqualTo("0.00");
        assertThat(only("invoice.invoice.finalized.v1").getString("data.amount.amount"))
                .isEqualTo("0.00");
    }

    @Test
    void anInvoiceOverNothingMayBeVoidAndMakesRoomForAnother() {
        // Given
        UUID period = flatPeriod(tenant, GERMAN_TAX, "0.00", "EUR");
        String id = finalizedPeriod(period);
        // When
        var answer = act(id, "void");
        // Then
        answer.then().statusCode(200).body("status", is("void")).body("paid_at", nullValue());
        generate(period).then().statusCode(201).body("id", not(id));
    }

    @Test
    void aPartPaymentIsToldWithItsOwnAmountAndSettlesNothing() {
        // Given
        String id = finalizedFlat(tenant, "29.00");
        // When
        pay(id, part("first", "20.00")).then().statusCode(200).body("status", is("finalized"));
        // Then
        JsonPath payment = only("invoice.payment.recorded.v1");
        assertThat(payment.getString("data.amount.amount")).isEqualTo("20.00");
        assertThat(payment.getString("data.due.amount")).isEqualTo("14.51");
        assertThat(payment.getString("data.total.amount")).isEqualTo("34.51");
        assertThat(payment.getString("data.method")).isEqualTo("manual");
        assertThat(Invoicing.events("invoice.invoice.paid.v1", tenant)).isEmpty();
    }

    @Test
    void aCreditOfTheRestOfAPartPaidInvoiceSettlesItAsPaid() {
        // Given
        String id = finalizedFlat(tenant, "29.00");
        pay(id, part("first", "20.00"));
        // When
        credit(id, amount("14.51")).then().statusCode(201);
        // Then
        owner(tenant)
                .get("/v1/invoices/" + id)
                .then()
                .body("status", is("paid"))
                .body("due.amount", is("0.00"))
                .body("paid_at", notNullValue());
        JsonPath paid = only("invoice.invoice.paid.v1");
        assertThat(paid.getString("data.paid.amount")).isEqualTo("20.00");
        assertThat(paid.getString("data.credited.amount")).isEqualTo("14.51");
        assertThat(only("invoice.credit_note.issued.v1").getString("data.amount.amount"))
                .isEqualTo("14.51");
    }

    @Test
    void aPaymentOfWhatCreditLeftSettlesItAsPaidAndTellsOfTheCentAlone() {
        // Given
        String id = finalizedFlat(tenant, "29.00");
        credit(id, amount("34.50"));
        // When
        pay(id, manual("cent")).then().body("status", is("paid"));
        // Then
        assertThat(only("invoice.payment.recorded.v1").getString("data.amount.amount"))
                .isEqualTo("0.01");
        assertThat(only("invoice.invoice.paid.v1").getString("data.paid.amount"))
                .isEqualTo("0.01");
    }

    @Test
    void aWhollyCreditedInvoiceIsCreditedAndNotPaid() {
        // Given
        String id = finalizedFlat(tenant, "29.00");
        // When
        credit(id, "\"lines\": [{\"position\": 1}]").then().statusCode(201);
        // Then
        owner(tenant)
                .get("/v1/invoices?status=credited")
                .then()
                .body("data[0].id", is(id))
                .body("data[0].paid_at", nullValue());
        assertThat(only("invoice.invoice.credited.v1").getString("data.credited.amount"))
                .isEqualTo("34.51");
        assertThat(Invoicing.events("invoice.invoice.paid.v1", tenant)).isEmpty();
        act(id, "void").then().spec(Problems.problem(409, "invoice-credited"));
        credit(id, amount("0.01")).then().spec(Problems.problem(422, "credit-exceeds-invoice"));
    }

    @Test
    void aCreditOnAPaidInvoiceLeavesItPaidAndTheTenantInCredit() {
        // Given
        String id = finalizedFlat(tenant, "29.00");
        pay(id, manual("all"));
        // When
        credit(id, amount("10.00")).then().statusCode(201);
        // Then
        operator()
                .get("/v1/invoices/balances?tenant_id=" + tenant)
                .then()
                .body("data[0].balance.amount", is("-10.00"))
                .body("data[0].due.amount", is("0.00"));
        owner(tenant).get("/v1/invoices/" + id).then().body("status", is("paid"));
        assertThat(only("invoice.credit_note.issued.v1").getString("data.due.amount"))
                .isEqualTo("0.00");
        only("invoice.invoice.paid.v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update invoices set paid = total where id = '%s'",
                "update invoices set status = 'paid', paid_at = now() where id = '%s'",
                "update invoices set status = 'credited' where id = '%s'",
                "update invoices set credited = 5, credited_net = 5.01, credited_tax = -0.01 where id = '%s'",
                "update invoices set credited = 5.52, credited_tax = 5.52 where id = '%s'",
                "update invoices set credited = 5 where id = '%s'",
                "update invoices set waiting_for = 'customer' where id = '%s'",
                "delete from invoice_tax where invoice_id = '%s'"
            })
    void theDatabaseItselfKeepsStateAndMoneyTogether(String sql) throws SQLException {
        // Given
        String id = finalizedFlat(tenant, "29.00");
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            // When
            var refused = assertThatThrownBy(() -> statement.execute(sql.formatted(id)));
            // Then
            refused.isInstanceOf(SQLException.class);
        }
    }

    /** To both receivers, and of one event. */
    private JsonPath only(String type) {
        await().until(() -> Invoicing.events(type, tenant).size() >= 2);
        List<String> events = Invoicing.events(type, tenant);
        assertThat(events.stream().map(event -> JsonPath.from(event).getString("id")))
                .as(type)
                .hasSize(2)
                .containsOnly(JsonPath.from(events.getFirst()).getString("id"));
        return JsonPath.from(events.getFirst());
    }

    private static String part(String reference, String amount) {
        return "{\"method\": \"manual\", \"reference\": \"" + reference + "\", " + amount(amount) + "}";
    }
}
