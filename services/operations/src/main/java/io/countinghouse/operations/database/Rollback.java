package io.countinghouse.operations.database;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Takes the latest migration of a service back: its undo script and its row of the history, in one transaction, under
 * the lock that keeps a migration from starting meanwhile. Whatever the script would lose is lost: take a backup first.
 */
public final class Rollback {

    private static final String HISTORY = "flyway_schema_history";

    /** The latest migration that was applied, and what undoes it. */
    public record Step(String version, String description, String script, String sql) {}

    private final Connection owner;
    private final ServiceName service;

    /** @param owner a connection to the service's database as the role that migrates it */
    public Rollback(Connection owner, ServiceName service) {
        this.owner = owner;
        this.service = service;
    }

    /** What {@link #run} would do now. */
    public Step next() throws SQLException {
        return latest();
    }

    /**
     * @return what was undone
     * @throws OperationException when nothing is applied, or the latest migration is of a newer release than this one
     */
    public Step run() throws SQLException {
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute("LOCK TABLE " + HISTORY + " IN ACCESS EXCLUSIVE MODE");
            Step step = latest();
            statement.execute(step.sql());
            try (var delete = owner.prepareStatement("DELETE FROM " + HISTORY + " WHERE version = ?")) {
                delete.setString(1, step.version());
                delete.executeUpdate();
            }
            owner.commit();
            return step;
        } finally {
            owner.rollback();
        }
    }

    Step latest() throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT version, description, script FROM " + HISTORY
                        + " WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")) {
            if (!row.next()) {
                throw new OperationException("no migration of " + service.id() + " is applied");
            }
            // Quarkus has Flyway note the folder too: db/migration/V3__feedback.sql.
            String script = row.getString(3).replaceFirst("^(.*/)?V", "U");
            return new Step(row.getString(1), row.getString(2), script, sql(script));
        }
    }

    private String sql(String script) {
        for (String folder : new String[] {service.id(), "service-defaults"}) {
            try (InputStream in = Rollback.class.getResourceAsStream("/undo/" + folder + "/" + script)) {
                if (in != null) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            } catch (IOException e) {
                throw new OperationException("cannot read " + script, e);
            }
        }
        throw new OperationException("this release has no " + script + " for " + service.id()
                + ": roll back with the release that brought the migration");
    }
}
