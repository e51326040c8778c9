package io.countinghouse.operations.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a rollback does while requests use the tables. */
class RollbackTest {

    private static final ServiceName SERVICE = ServiceName.BILLING;

    @BeforeEach
    void migrated() {
        TestServer.migrate(SERVICE);
    }

    @Test
    void givesUpWithoutATraceWhenATableIsNeverFree() throws SQLException {
        AtomicInteger pauses = new AtomicInteger();
        try (Connection owner = TestServer.owner(SERVICE);
                Connection request = TestServer.owner(SERVICE);
                Connection other = TestServer.owner(SERVICE)) {
            // Given
            var before = Schema.of(other);
            read(request);
            Rollback rollback = new Rollback(owner, SERVICE, () -> {
                pauses.incrementAndGet();
                assertThat(writes(other))
                        .as("between its attempts it holds nothing")
                        .isTrue();
            });

            // When, then
            assertThatThrownBy(rollback::run)
                    .isInstanceOf(OperationException.class)
                    .hasMessageContaining("never was without a request");
            assertThat(pauses).hasValue(99);
            assertThat(Schema.of(other)).isEqualTo(before);
            assertThat(rollback.next().version()).isEqualTo(latest());
        }
    }

    @Test
    void waitsForTheRequestThatHoldsATable() throws SQLException {
        AtomicInteger pauses = new AtomicInteger();
        try (Connection owner = TestServer.owner(SERVICE);
                Connection request = TestServer.owner(SERVICE)) {
            // Given
            read(request);
            Rollback rollback = new Rollback(owner, SERVICE, () -> {
                if (pauses.incrementAndGet() == 3) {
                    end(request);
                }
            });

            // When
            Rollback.Step undone = rollback.run();

            // Then
            assertThat(pauses).hasValue(3);
            assertThat(undone.version()).isEqualTo(latest());
            assertThat(rollback.next().version()).isNotEqualTo(latest());
        }
    }

    private static String latest() {
        return Migrations.packaged(SERVICE).lastKey().toString();
    }

    /** A request that has read, and is not done. */
    private static void read(Connection request) throws SQLException {
        request.setAutoCommit(false);
        try (Statement statement = request.createStatement()) {
            statement.executeQuery("select count(*) from outbox_event").close();
        }
    }

    private static void end(Connection request) {
        try {
            request.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean writes(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '1ms'");
            statement.execute("delete from inbox_event");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
