package io.countinghouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every migration of a service can be undone: migrate, undo, and the schema is what it was, for each version. */
public abstract class MigrationContract {

    @TestFactory
    List<DynamicTest> undoRestoresTheSchemaOfTheVersionBefore() {
        TestDatabase database = TestDatabase.create();
        List<DynamicTest> tests = new ArrayList<>();
        for (MigrationInfo migration : flyway(database).load().info().all()) {
            tests.add(DynamicTest.dynamicTest(migration.getScript(), () -> {
                // Given
                String version = migration.getVersion().getVersion();
                List<String> before = dump(database);
                flyway(database).target(version).load().migrate();
                List<String> after = dump(database);

                // When
                undo(database, migration);

                // Then
                assertThat(dump(database)).isEqualTo(before);
                assertThat(after).isNotEqualTo(before);
                flyway(database).target(version).load().migrate();
                assertThat(dump(database)).isEqualTo(after);
            }));
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static FluentConfiguration flyway(TestDatabase database) {
        return Flyway.configure()
                .dataSource(database.jdbcUrl(), TestDatabase.OWNER, TestDatabase.PASSWORD)
                .locations("classpath:db/migration");
    }

    /** As scripts/rollback does it: the undo script and the history row in one transaction. */
    private static void undo(TestDatabase database, MigrationInfo migration) throws SQLException, IOException {
        String script = "db/undo/" + migration.getScript().replaceFirst("^V", "U");
        String sql;
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(script)) {
            assertThat(in).as("there is an undo script %s", script).isNotNull();
            sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (Connection connection = database.asOwner();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            statement.execute("delete from flyway_schema_history where version = '"
                    + migration.getVersion().getVersion() + "'");
            connection.commit();
        }
    }

    private static List<String> dump(TestDatabase database) throws SQLException {
        try (Connection connection = database.asOwner()) {
            List<String> dump = new ArrayList<>(SchemaDump.of(connection));
            dump.addAll(rows(connection));
            return dump;
        }
    }

    /** How many rows each table has: a migration may add rows alone, and its undo takes them back. */
    private static List<String> rows(Connection connection) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("""
                        select table_name || ' has ' || (xpath('/row/rows/text()', query_to_xml(
                                format('select count(*) as rows from %I', table_name), false, true, '')))[1] || ' rows'
                        from information_schema.tables
                        where table_schema = 'public' and table_type = 'BASE TABLE'
                            and table_name <> 'flyway_schema_history'
                        order by table_name
                        """)) {
            while (tables.next()) {
                rows.add(tables.getString(1));
            }
        }
        return rows;
    }
}
