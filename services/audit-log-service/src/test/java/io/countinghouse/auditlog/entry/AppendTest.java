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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database holds to, whoever writes. */
@QuarkusTest
class AppendTest {

    @Test
    void thirtyTwoConcurrentAppendsLeaveNoGap() throws Exception {
        // Given
        List<Callable<UUID>> appends = IntStream.range(0, 32)
                .<Callable<UUID>>mapToObj(n -> () -> appended(Tokens.operator(), invoiceFinalized(UUID.randomUUID())))
                .toList();

        // When
        var ids = new ArrayList<UUID>();
        try (var threads = Executors.newFixedThreadPool(32)) {
            for (var done : threads.invokeAll(appends)) {
                ids.add(done.get());
            }
        }

        // Then
        assertThat(ids).doesNotHaveDuplicates().hasSize(32);
        try (var connection = TestDatabase.ofApplicationAsOwner()) {
            assertThat(longOf(connection, "select max(leaf_index) + 1 - count(*) from audit_logs"))
                    .isZero();
            assertThat(longOf(
                            connection,
                            "select count(*) from audit_logs l join audit_node n on n.level = 0"
                                    + " and n.index = l.leaf_index and n.hash = l.leaf_hash"))
                    .isEqualTo(longOf(connection, "select count(*) from audit_logs"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_logs set action = 'x'",
                "delete from audit_logs",
                "update audit_node set hash = hash",
                "delete from audit_node",
                "update audit_signing_key set created_at = now()",
                "delete from audit_signing_key"
            })
    void nobodyChangesOrRemovesWhatIsWritten(String statement) throws SQLException {
        // Given
        appended(Tokens.operator(), invoiceFinalized(null));

        try (var application = TestDatabase.ofApplication();
                var owner = TestDatabase.ofApplicationAsOwner()) {
            // When / Then
            assertThatThrownBy(() -> execute(application, statement)).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(owner, statement)).hasMessageContaining("append-only");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit_logs", "audit_node", "audit_signing_key"})
    void noTableIsEmptied(String table) throws SQLException {
        try (var owner = TestDatabase.ofApplicationAsOwner()) {
            // When / Then
            assertThatThrownBy(() -> execute(owner, "truncate " + table)).hasMessageContaining("append-only");
        }
    }

    @Test
    void anEntryThatSkipsAPlaceIsRefused() throws SQLException {
        try (var owner = TestDatabase.ofApplicationAsOwner()) {
            // When / Then
            assertThatThrownBy(() -> execute(owner, copyOfTheNewestEntry("leaf_index + 2", "c.canonical", "action")))
                    .hasMessageContaining("audit_logs_previous_index_fkey");
        }
    }

    @Test
    void anEntryWhoseHashIsNotThatOfItsBytesIsRefused() throws SQLException {
        try (var owner = TestDatabase.ofApplicationAsOwner()) {
            // When / Then
            assertThatThrownBy(() ->
                            execute(owner, copyOfTheNewestEntry("leaf_index + 1", "c.canonical || '\\x20'", "action")))
                    .hasMessageContaining("leaf_hash_is_of_canonical");
        }
    }

    @Test
    void anEntryWhoseColumnsSayOtherThanItsBytesIsRefused() throws SQLException {
        try (var owner = TestDatabase.ofApplicationAsOwner()) {
            // When / Then
            assertThatThrownBy(() ->
                            execute(owner, copyOfTheNewestEntry("leaf_index + 1", "c.canonical", "'something.else'")))
                    .hasMessageContaining("columns_repeat_canonical");
        }
    }

    /** A further entry that is right in all but what the test puts in. */
    private static String copyOfTheNewestEntry(String leafIndex, String hashed, String action) {
        return "insert into audit_logs (id, leaf_index, tenant_id, service, actor_type, actor_id, action, resource_type,"
                + " resource_id, outcome, occurred_at, recorded_at, canonical, leaf_hash)"
                + " select new_id, " + leafIndex + ", tenant_id, service, actor_type, actor_id, " + action
                + ", resource_type, resource_id, outcome, occurred_at, recorded_at, c.canonical,"
                + " sha256('\\x00'::bytea || " + hashed + ")"
                + " from (select l.*, gen_random_uuid() as new_id from audit_logs l order by leaf_index desc limit 1) l,"
                + " lateral (select convert_to(replace(convert_from(l.canonical, 'UTF8'), l.id::text, new_id::text),"
                + " 'UTF8') as canonical) c";
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long longOf(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
