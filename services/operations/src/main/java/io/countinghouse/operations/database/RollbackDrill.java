package io.countinghouse.operations.database;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * Tries on the real database, with its real rows, whether the latest migration can be taken back and made again: undo
 * script, migration, the same schema as before, all in a transaction that is then given up. What remains is a row of
 * {@code operations.rollback_drill}, which no service sees.
 */
public final class RollbackDrill {

    private final Connection owner;
    private final ServiceName service;

    /** That it was tried, and how long the service would have waited. */
    public record Trace(Instant at, String version, long millis) {}

    /** @param owner a connection to the service's database as the role that migrates it */
    public RollbackDrill(Connection owner, ServiceName service) {
        this.owner = owner;
        this.service = service;
    }

    /** @throws OperationException when the schema is not the same afterwards, or never a moment without requests comes */
    public Trace run() throws SQLException {
        owner.setAutoCommit(false);
        try {
            Rollback rollback = new Rollback(owner, service);
            rollback.lockAll();
            long begun = System.nanoTime();
            Rollback.Step step = rollback.latest();
            String again = Migrations.sql(service, Integer.parseInt(step.version()));
            Set<String> before = Schema.of(owner);
            try (Statement statement = owner.createStatement()) {
                statement.execute(step.sql());
                statement.execute(again);
            }
            var differences = Schema.differences(before, Schema.of(owner), _ -> true);
            if (!differences.isEmpty()) {
                throw new OperationException(service.id() + ": undone and applied again, version " + step.version()
                        + " gives another schema: " + differences);
            }
            owner.rollback();
            return note(step.version(), (System.nanoTime() - begun) / 1_000_000);
        } finally {
            owner.rollback();
        }
    }

    private Trace note(String version, long millis) throws SQLException {
        Instant at;
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS operations");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS operations.rollback_drill (at timestamptz NOT NULL DEFAULT now(),"
                            + " version varchar NOT NULL, milliseconds bigint NOT NULL)");
        }
        try (var insert = owner.prepareStatement(
                "INSERT INTO operations.rollback_drill (version, milliseconds) VALUES (?, ?) RETURNING at")) {
            insert.setString(1, version);
            insert.setLong(2, millis);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                at = row.getObject(1, OffsetDateTime.class).toInstant();
            }
        }
        owner.commit();
        return new Trace(at, version, millis);
    }

    /** The latest drill on a database. */
    public static Optional<Trace> last(Connection connection) throws SQLException {
        if (Schema.texts(connection, "select to_regclass('operations.rollback_drill')::text")
                        .getFirst()
                == null) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select at, version, milliseconds from operations.rollback_drill order by at desc limit 1")) {
            return row.next()
                    ? Optional.of(new Trace(
                            row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2), row.getLong(3)))
                    : Optional.empty();
        }
    }
}
