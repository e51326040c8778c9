package io.countinghouse.operations.backup;

import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** That the server is the one that was backed up, whole, and as far as the backup says. */
final class DatabaseChecks {

    private final Server server;
    private final Manifest manifest;

    DatabaseChecks(Server server, Manifest manifest) {
        this.server = server;
        this.manifest = manifest;
    }

    List<Check> all() {
        return List.of(
                new Check("databases", this::answer),
                new Check("migrations", this::migrations),
                new Check("point in time", this::growth),
                new Check("pages, indexes", this::storage));
    }

    private String answer() throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            String identifier = Sql.text(connection, "select system_identifier::text from pg_control_system()");
            if (!identifier.equals(manifest.systemIdentifier())) {
                throw new ViolationException(
                        "the server is " + identifier + ", the backup is of " + manifest.systemIdentifier());
            }
        }
        long bytes = 0;
        long tables = 0;
        for (ServiceName service : ServiceName.values()) {
            try (Connection connection = server.connect(service)) {
                bytes += Sql.number(connection, "select pg_database_size(current_database())");
                long found = Sql.number(connection, "select count(*) from pg_tables where schemaname = 'public'");
                if (found == 0) {
                    throw new ViolationException(service.database() + " has no tables");
                }
                tables += found;
            }
        }
        return String.format(
                Locale.ROOT,
                "%d answer: %d tables, %s",
                ServiceName.values().length,
                tables,
                Terminal.megabytes(bytes));
    }

    private String migrations() throws SQLException {
        Map<String, List<String>> found = BaseBackup.migrations(server);
        for (ServiceName service : ServiceName.values()) {
            String database = service.database();
            List<String> noted = manifest.migrations().get(database);
            if (!found.get(database).equals(noted)) {
                throw new ViolationException(
                        "migrations of " + database + " are " + found.get(database) + ", the backup noted " + noted);
            }
        }
        return found.values().stream().mapToInt(List::size).sum() + " applied, the same as noted";
    }

    /** Nothing that had been written before the backup is missing, and nothing is there that was written after it. */
    private String growth() throws SQLException {
        Map<String, Long> found = BaseBackup.progress(server).rows();
        StringBuilder usage = new StringBuilder();
        for (var table : found.entrySet()) {
            long before = manifest.before().rows().get(table.getKey());
            long after = manifest.after().rows().get(table.getKey());
            if (table.getValue() < before || table.getValue() > after) {
                throw new ViolationException(table.getKey() + " has " + table.getValue() + " rows; it had " + before
                        + " before the backup and " + after + " after it");
            }
            if (table.getKey().endsWith(".usage_event")) {
                usage.append(String.format(
                        Locale.ROOT, "%,d usage events, between %,d and %,d", table.getValue(), before, after));
            }
        }
        return found.size() + " tables hold what was written by " + manifest.consistentAt() + ": " + usage;
    }

    /** Reads every page, whose checksums PostgreSQL compares, and looks up every row in every B-tree. */
    private String storage() throws SQLException {
        long tables = 0;
        long indexes = 0;
        for (ServiceName service : ServiceName.values()) {
            try (Connection connection = server.connect(service)) {
                if (Sql.text(connection, "show data_checksums").equals("off")) {
                    throw new ViolationException("the server keeps no checksums of its pages");
                }
                try (Statement statement = connection.createStatement()) {
                    statement.execute("create extension if not exists amcheck");
                }
                for (String table : Sql.texts(
                        connection,
                        "select c.oid::text from pg_class c join pg_am a on a.oid = c.relam"
                                + " where a.amname = 'heap' and c.relkind in ('r', 'm', 't') and c.relpersistence = 'p'")) {
                    Sql.none(
                            connection,
                            "select '" + service.database() + ": ' || " + table
                                    + "::regclass || ', page ' || blkno || ': ' || msg from verify_heapam(" + table
                                    + ")");
                    tables++;
                }
                for (String index : Sql.texts(
                        connection,
                        "select c.oid::text from pg_class c join pg_am a on a.oid = c.relam join pg_index i on"
                                + " i.indexrelid = c.oid where a.amname = 'btree' and c.relkind = 'i'"
                                + " and c.relpersistence = 'p' and i.indisvalid")) {
                    checkIndex(connection, Long.parseLong(index));
                    indexes++;
                }
            } catch (SQLException e) {
                // Class XX is PostgreSQL's for corrupted data.
                if (e.getSQLState() != null && e.getSQLState().startsWith("XX")) {
                    throw new ViolationException(service.database() + ": " + e.getMessage());
                }
                throw e;
            }
        }
        return String.format(Locale.ROOT, "%,d tables and %,d B-trees by amcheck", tables, indexes);
    }

    private static void checkIndex(Connection connection, long index) throws SQLException {
        try (PreparedStatement check = connection.prepareStatement("select bt_index_check(?::oid::regclass, true)")) {
            check.setLong(1, index);
            try (ResultSet rows = check.executeQuery()) {
                rows.next();
            }
        }
    }
}
