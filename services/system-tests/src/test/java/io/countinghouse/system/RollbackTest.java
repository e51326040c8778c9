package io.countinghouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.Rollback;
import io.countinghouse.stack.LocalStack;
import io.countinghouse.stack.ServiceProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The latest migration is taken back while its service stands still, and made again when it starts. */
class RollbackTest {

    private static final ServiceName SERVICE = ServiceName.AI_MODELING;

    private final LocalStack stack = Stack.get();

    @Test
    void whatARollbackTookBackTheNextStartMakesAgain() throws SQLException {
        // Given
        ServiceProcess service = stack.service(SERVICE);
        String latest = latest();
        service.kill();

        // When
        Rollback.Step undone;
        try (Connection owner = owner()) {
            undone = new Rollback(owner, SERVICE).run();
        }
        String left = latest();
        service.start();
        stack.awaitReady(service);

        // Then
        assertThat(undone.version()).isEqualTo(latest);
        assertThat(Integer.parseInt(left)).isEqualTo(Integer.parseInt(latest) - 1);
        assertThat(latest()).isEqualTo(latest);
    }

    private String latest() throws SQLException {
        try (Connection owner = owner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(
                        "select version from flyway_schema_history order by installed_rank desc limit 1")) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection owner() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + stack.config().postgresPort() + "/" + SERVICE.database(),
                SERVICE.ownerRole(),
                stack.secrets().get("database." + SERVICE.ownerRole()));
    }
}
