package io.countinghouse.auth.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.auth.People;
import io.countinghouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The second wall: what the application's own role sees when a query forgets the tenant. */
@QuarkusTest
class RowLevelSecurityTest {

    @ParameterizedTest
    @CsvSource({"\"user\", tenant_id", "tenant, id", "login_session, tenant_id", "auth_token, tenant_id"})
    void aTenantSeesItsOwnRowsOnly(String table, String column) throws SQLException {
        // Given
        People.Person mine = People.owner();
        People.login(mine);
        People.login(People.owner());

        // When
        List<String> tenants = query(mine.tenant(), "select distinct " + column + " from " + table);

        // Then
        assertThat(tenants).containsExactly(mine.tenant().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"user\"", "tenant", "login_session", "auth_token", "service_account"})
    void withoutATenantNothingIsSeen(String table) throws SQLException {
        People.login(People.owner());

        assertThat(query(null, "select 1 from " + table)).isEmpty();
    }

    @Test
    void aTenantCannotWriteRowsOfAnother() {
        People.Person mine = People.owner();
        People.Person other = People.owner();

        assertThatThrownBy(() -> query(
                        mine.tenant(),
                        "update \"user\" set tenant_id = '%s' where id = '%s' returning id"
                                .formatted(other.tenant(), mine.id())))
                .hasMessageContaining("row-level security");
    }

    private static List<String> query(UUID tenant, String sql) throws SQLException {
        try (Connection connection = TestDatabase.ofApplication();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (tenant != null) {
                statement.execute("set local app.tenant = '" + tenant + "'");
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            connection.rollback();
            return values;
        }
    }
}
