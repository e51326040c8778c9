package io.countinghouse.invoice.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What the migration to V3 makes of invoices that an earlier version left finalized with nothing due. */
class SettledBeforeTest {
    private final TestDatabase database = TestDatabase.create();

    @Test
    void invoicesOfEarlierVersionsAreSettledAndTheirCreditDivided() throws SQLException {
        // Given
        migrateTo("2");
        invoice(1, "finalized", "29.00", "5.51", "0", "34.51");
        note(1, 1, "28.98", "5.52");
        note(1, 2, "0.01", "0.00");
        invoice(2, "finalized", "29.00", "5.51", "20.00", "14.51");
        note(2, 3, "12.19", "2.32");
        invoice(3, "finalized", "0", "0", "0", "0");
        invoice(4, "finalized", "29.00", "5.51", "20.00", "0");
        invoice(5, "void", "29.00", "5.51", "0", "0");
        invoice(6, "paid", "29.00", "5.51", "34.51", "34.51");
        note(6, 4, "29.00", "5.51");
        // When
        migrateTo("3");
        // Then
        assertThat(rows("select status || ' ' || credited_net::numeric(9,2) || ' ' || credited_tax::numeric(9,2)"
                        + " || ' ' || (paid_at is not null) from invoices order by number"))
                .containsExactly(
                        "credited 29.00 5.51 false",
                        "paid 12.19 2.32 true",
                        "paid 0.00 0.00 true",
                        "finalized 0.00 0.00 false",
                        "void 0.00 0.00 false",
                        "paid 29.00 5.51 true");
        assertThat(rows("select taxes #>> '{groups,0,code}' || ' ' || (taxes #>> '{groups,0,rate}') || ' '"
                        + " || (taxes #>> '{groups,0,net}')::numeric(9,2) from credit_note order by number"))
                .containsExactly("DE19 19 28.98", "DE19 19 0.01", "DE19 19 12.19", "DE19 19 29.00");
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), TestDatabase.OWNER, TestDatabase.PASSWORD)
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    private void invoice(int number, String status, String net, String tax, String paid, String credited)
            throws SQLException {
        execute("""
                INSERT INTO invoices (id, tenant_id, status, number, plan_code, plan_name, plan_version, period_start,
                    period_end, customer, seller, currency, net, tax, total, paid, credited, created_at, issued_at, due_at,
                    paid_at, voided_at)
                VALUES ('00000000-0000-0000-0000-00000000000%1$d', gen_random_uuid(), '%2$s', 'INV-2026-00000%1$d', 'p',
                    'P', 1, now(), now(), '{}', '{}', 'EUR', %3$s, %4$s, %3$s + %4$s, %5$s, %6$s, now(), now(), now(),
                    CASE WHEN '%2$s' = 'paid' THEN now() END, CASE WHEN '%2$s' = 'void' THEN now() END)
                """.formatted(number, status, net, tax, paid, credited));
        execute("""
                INSERT INTO invoice_tax
                VALUES ('00000000-0000-0000-0000-00000000000%d', 1, gen_random_uuid(), 'DE19', 19, %s, %s)
                """.formatted(number, net, tax));
    }

    private void note(int invoice, int number, String net, String tax) throws SQLException {
        execute("""
                INSERT INTO credit_note (id, tenant_id, invoice_id, number, reason, lines, currency, net, tax, total,
                    issued_at)
                VALUES (gen_random_uuid(), gen_random_uuid(), '00000000-0000-0000-0000-00000000000%d', 'CN-2026-00000%d',
                    'x', '{"lines": []}', 'EUR', %s, %s, %3$s + %4$s, now())
                """.formatted(invoice, number, net, tax));
    }

    private void execute(String sql) throws SQLException {
        try (Connection owner = database.asOwner();
                Statement statement = owner.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection owner = database.asOwner();
                Statement statement = owner.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }
}
