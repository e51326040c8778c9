package io.countinghouse.notification.message;

import static io.countinghouse.notification.Api.deliver;
import static io.countinghouse.notification.Api.post;
import static io.countinghouse.notification.Api.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.notification.MailServer;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second wall: what the database shows to a query that forgets to ask whose rows it wants. */
@QuarkusTest
@QuarkusTestResource(MailServer.class)
class RowSecurityTest {

    private final UUID tenant = UUID.randomUUID();

    @BeforeEach
    void twoTenantsHaveRows() {
        for (UUID each : new UUID[] {tenant, UUID.randomUUID()}) {
            String owner = Tokens.of(each, "owner");
            deliver(
                            Tokens.service("auth-service"),
                            UUID.randomUUID(),
                            "auth.tenant.created.v1",
                            each,
                            "{\"name\": \"T\", \"owner_email\": \"" + each + "@example.com\"}")
                    .statusCode(204);
            post(owner, "/v1/webhook-endpoints", Map.of("url", "http://localhost:1/"))
                    .statusCode(201);
            put(owner, "/v1/notification-preferences", Map.of("categories", Map.of("alerts", false)))
                    .statusCode(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"notification", "webhook_endpoint", "notification_opt_out", "notification_contact"})
    void aQueryWithoutATenantCheckSeesTheRowsOfItsOwnTenantAlone(String table) throws SQLException {
        try (var application = TestDatabase.ofApplication()) {
            // When / Then
            assertThat(rows(application, table)).isZero();
            actFor(application, tenant.toString());
            assertThat(rows(application, table)).isEqualTo(1);
            actFor(application, "*");
            assertThat(rows(application, table)).isGreaterThanOrEqualTo(2);
        }
    }

    private static void actFor(Connection connection, String tenant) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select set_config('app.tenant', '" + tenant + "', false)");
        }
    }

    private static long rows(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
