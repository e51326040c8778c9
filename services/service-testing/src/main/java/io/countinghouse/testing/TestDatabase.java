package io.countinghouse.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A real PostgreSQL, one per test run, with the roles of production: an owner that migrates, and an application role
 * that owns nothing and so is subject to row-level security. Each call of {@link #create} gives an empty database.
 */
public final class TestDatabase {

    public static final String OWNER = "test_owner";
    public static final String APPLICATION = "test_app";
    /** Of a server that listens on loopback for the length of a test run. */
    public static final String PASSWORD = "only-for-tests";

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Where the one server of this JVM is: its class is loaded by more than one class loader. */
    private static final String PORT = "countinghouse.test.postgres-port";

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    public static synchronized TestDatabase create() {
        try {
            if (System.getProperty(PORT) == null) {
                // Durability is not under test here: without fsync a suite takes a fraction of the time.
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "100")
                        .start();
                System.setProperty(PORT, String.valueOf(server.getPort()));
                execute(
                        superuser("postgres"),
                        "CREATE ROLE app_rw NOLOGIN",
                        "CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + PASSWORD + "'",
                        "CREATE ROLE " + APPLICATION + " LOGIN PASSWORD '" + PASSWORD + "' IN ROLE app_rw");
            }
            String name = "test_" + COUNT.incrementAndGet() + "_"
                    + ProcessHandle.current().pid() + "_" + Long.toString(System.nanoTime(), 36);
            execute(superuser("postgres"), "CREATE DATABASE " + name + " OWNER " + OWNER);
            return new TestDatabase(name);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
        }
    }

    public String name() {
        return name;
    }

    public int port() {
        return Integer.getInteger(PORT);
    }

    public Connection asOwner() throws SQLException {
        return connect(name, OWNER);
    }

    public Connection asApplication() throws SQLException {
        return connect(name, APPLICATION);
    }

    public String jdbcUrl() {
        return url(name);
    }

    /** The database of the running Quarkus application, as its owner: sees every row. */
    public static Connection ofApplicationAsOwner() throws SQLException {
        return DriverManager.getConnection(System.getProperty(TestEnvironment.JDBC_URL), OWNER, PASSWORD);
    }

    /** The database of the running Quarkus application in its own role: sees what row-level security lets it see. */
    public static Connection ofApplication() throws SQLException {
        return DriverManager.getConnection(System.getProperty(TestEnvironment.JDBC_URL), APPLICATION, PASSWORD);
    }

    /** Waits until this many sessions of the running application's database wait for a lock that somebody holds. */
    public static void awaitWaiting(int sessions) throws SQLException {
        try (Connection connection = ofApplicationAsOwner();
                var count = connection.prepareStatement("select count(*) from pg_locks where not granted"
                        + " and pid in (select pid from pg_stat_activity where datname = current_database())")) {
            Awaitility.await().until(() -> {
                try (var row = count.executeQuery()) {
                    row.next();
                    return row.getInt(1) >= sessions;
                }
            });
        }
    }

    /** The whole server refuses to write, in connections that are there, too; or takes writes again. */
    public static void takeWrites(boolean writes) {
        execute(
                superuser("postgres"),
                "SET default_transaction_read_only = off",
                writes
                        ? "ALTER SYSTEM RESET default_transaction_read_only"
                        : "ALTER SYSTEM SET default_transaction_read_only = on",
                "SELECT pg_reload_conf()");
    }

    private static Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection(url(database), user, PASSWORD);
    }

    /** The embedded server trusts its superuser on loopback. */
    private static Connection superuser(String database) {
        try {
            return DriverManager.getConnection(url(database), "postgres", "postgres");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(String database) {
        return "jdbc:postgresql://localhost:" + Integer.getInteger(PORT) + "/" + database;
    }

    private static void execute(Connection connection, String... statements) {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
