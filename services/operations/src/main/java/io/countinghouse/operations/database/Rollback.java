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
import java.util.concurrent.TimeUnit;

/**
 * Takes the latest migration of a service back: its undo script and its row of the history, in one transaction that holds
 * every table of the service, so that neither a request nor a migration is half way meanwhile. Pods that do not need what it
 * takes away may go on. Whatever the script would lose is lost: take a backup first.
 */
public final class Rollback {

    private static final String HISTORY = "flyway_schema_history";

    /** PostgreSQL's "lock not available". */
    private static final String LOCKED = "55P03";

    private static final int ATTEMPTS = 100;
    private static final long PAUSE_MS = 100;

    /** The latest migration that was applied, and what undoes it. */
    public record Step(String version, String description, String script, String sql) {}

    private final Connection owner;
    private final ServiceName service;
    private final Runnable pause;

    /** @param owner a connection to the service's database as the role that migrates it */
    public Rollback(Connection owner, ServiceName service) {
        this(owner, service, Rollback::pause);
    }

    Rollback(Connection owner, ServiceName service, Runnable pause) {
        this.owner = owner;
        this.service = service;
        this.pause = pause;
    }

    /** What {@link #run} would do now. */
    public Step next() throws SQLException {
        return latest();
    }

    /**
     * @return what was undone
     * @throws OperationException when nothing is applied, the latest migration is of a newer release than this one, or for ten
     *     seconds no moment without requests came
     */
    public Step run() throws SQLException {
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            lockAll();
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

    /** All at once or not at all: who waits for one lock while it holds others makes every request behind it wait too. */
    void lockAll() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Statement statement = owner.createStatement()) {
                String tables = String.join(", ", Schema.texts(owner, """
                        select quote_ident(relname) from pg_class
                        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1"""));
                statement.execute("LOCK TABLE " + tables + " IN ACCESS EXCLUSIVE MODE NOWAIT");
                return;
            } catch (SQLException e) {
                owner.rollback();
                if (!LOCKED.equals(e.getSQLState())) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    throw new OperationException(
                            service.id()
                                    + " never was without a request: try again when there is less to do, or stop its pods first",
                            e);
                }
                pause.run();
            }
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

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted", e);
        }
    }
}
