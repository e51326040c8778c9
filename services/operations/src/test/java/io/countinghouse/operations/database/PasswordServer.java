package io.countinghouse.operations.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A PostgreSQL as it is delivered, 100 connections and all, that lets nobody in without a password, with an administrator who
 * is no superuser; it logs each statement.
 */
final class PasswordServer implements AutoCloseable {

    static final String PASSWORD = "of-the-administrator";

    private static final String ADMINISTRATOR = "administrator";
    private static final String SUPERUSER = "of-the-superuser";

    private final EmbeddedPostgres server;
    private final Path log;

    PasswordServer(Path folder) {
        log = folder.resolve("postgresql.log");
        try {
            Path password = Files.writeString(folder.resolve("password"), SUPERUSER + "\n");
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .setConnectConfig("password", SUPERUSER)
                    .setLocaleConfig("auth-local", "scram-sha-256")
                    .setLocaleConfig("auth-host", "scram-sha-256")
                    .setLocaleConfig("pwfile", password.toString())
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("log_statement", "all")
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Connection superuser = connect("postgres", "postgres", SUPERUSER);
                var statement = superuser.createStatement()) {
            statement.execute(
                    "CREATE ROLE " + ADMINISTRATOR + " LOGIN CREATEDB CREATEROLE PASSWORD '" + PASSWORD + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    Connection administrator() throws SQLException {
        return administrator("postgres");
    }

    Connection administrator(String database) throws SQLException {
        return connect(database, ADMINISTRATOR, PASSWORD);
    }

    Connection connect(String database, String role, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + server.getPort() + "/" + database, role, password);
    }

    boolean letsIn(String database, String role, String password) {
        try {
            connect(database, role, password).close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
