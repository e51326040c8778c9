package io.countinghouse.auditlog.entry;

import static io.countinghouse.auditlog.entry.Entries.appended;
import static io.countinghouse.auditlog.entry.Entries.invoiceFinalized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The second wall: what the database shows to a query that forgets to ask whose rows it wants. */
@QuarkusTest
class RowSecurityTest {

    @Test
    void aQueryWithoutATenantCheckSeesTheRowsOfItsOwnTenantAlone() throws SQLException {
        // Given
        UUID tenant = UUID.randomUUID();
        appended(Tokens.operator(), invoiceFinalized(tenant));
        appended(Tokens.operator(), invoiceFinalized(UUID.randomUUID()));
        appended(Tokens.operator(), invoiceFinalized(null));

        try (var application = TestDatabase.ofApplication()) {
            // When / Then
            assertThat(rows(application)).isZero();
            actFor(application, tenant.toString());
            assertThat(rows(application)).isEqualTo(1);
            actFor(application, "*");
            assertThat(rows(application)).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void anEntryOfAnotherTenantCannotBeWritten() throws SQLException {
        // Given
        appended(Tokens.operator(), invoiceFinalized(UUID.randomUUID()));

        try (var owner = TestDatabase.ofApplicationAsOwner();
                var application = TestDatabase.ofApplication();
                var statement = application.createStatement()) {
            actFor(application, UUID.randomUUID().toString());

            // When / Then
            assertThat(rows(owner)).isPositive();
            assertThatThrownBy(() -> statement.execute(
                            "insert into audit_logs (id, leaf_index, tenant_id, service, actor_type, action,"
                                    + " resource_type, outcome, occurred_at, recorded_at, canonical, leaf_hash)"
                                    + " values (gen_random_uuid(), 1, gen_random_uuid(), 's', 'user', 'a', 'r',"
                                    + " 'success', now(), now(), '{}', sha256('\\x00'::bytea || '{}'))"))
                    .hasMessageContaining("row-level security");
        }
    }

    private static void actFor(Connection connection, String tenant) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select set_config('app.tenant', '" + tenant + "', false)");
        }
    }

    private static long rows(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from audit_logs")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
