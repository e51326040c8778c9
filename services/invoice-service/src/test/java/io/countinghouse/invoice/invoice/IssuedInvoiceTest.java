package io.countinghouse.invoice.invoice;

import static io.countinghouse.invoice.Invoicing.draft;
import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.manual;
import static io.countinghouse.invoice.Invoicing.operator;
import static io.countinghouse.invoice.Invoicing.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database holds up by itself, against the application and against its own owner. */
@QuarkusTest
class IssuedInvoiceTest {
    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE invoices SET net = net + 1, total = total + 1 WHERE id = '%s'",
                "UPDATE invoices SET number = 'INV-2026-999999' WHERE id = '%s'",
                "UPDATE invoices SET customer = '{}' WHERE id = '%s'",
                "UPDATE invoices SET due_at = due_at + interval '1 day' WHERE id = '%s'",
                "UPDATE invoices SET status = 'draft' WHERE id = '%s'",
                "DELETE FROM invoices WHERE id = '%s'",
                "UPDATE invoice_line SET amount = 0 WHERE invoice_id = '%s'",
                "DELETE FROM invoice_line WHERE invoice_id = '%s'",
                "UPDATE invoice_tax SET amount = 0 WHERE invoice_id = '%s'",
                "DELETE FROM invoice_tax WHERE invoice_id = '%s'"
            })
    void notEvenTheOwnerOfTheDatabaseRewritesAnIssuedInvoice(String sql) throws SQLException {
        // Given
        String id = finalized(tenant);
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            // When
            var refused = assertThatThrownBy(() -> statement.execute(sql.formatted(id)));
            // Then
            refused.isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aPaidInvoiceStaysPaid() throws SQLException {
        // Given
        String id = finalized(tenant);
        pay(id, manual("transfer")).then().statusCode(200);
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            // When
            var refused = assertThatThrownBy(() -> statement.execute(
                    "UPDATE invoices SET status = 'finalized', paid_at = NULL WHERE id = '" + id + "'"));
            // Then
            refused.hasMessageContaining("does not become finalized");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "credit_note"})
    void whatWasBookedStaysBooked(String table) throws SQLException {
        // Given
        String id = finalized(tenant);
        operator()
                .body("{\"invoice_id\": \"" + id + "\", \"lines\": [{\"position\": 1}], \"reason\": \"x\"}")
                .post("/v1/credit-notes")
                .then()
                .statusCode(201);
        pay(id, manual("transfer")).then().statusCode(200);
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            // When
            var refused = assertThatThrownBy(() -> statement.execute("DELETE FROM " + table));
            // Then
            refused.hasMessageContaining("append-only");
        }
    }

    @Test
    void theDatabaseItselfHidesAnotherTenantsRows() throws SQLException {
        // Given
        draft(tenant);
        try (Connection application = TestDatabase.ofApplication();
                Statement statement = application.createStatement()) {
            // When
            statement.execute("SELECT set_config('app.tenant', '" + UUID.randomUUID() + "', false)");
            // Then
            for (String table : new String[] {"invoices", "invoice_line", "invoice_tax", "payment", "credit_note"}) {
                try (var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    rows.next();
                    assertThat(rows.getInt(1)).as(table).isZero();
                }
            }
        }
    }
}
