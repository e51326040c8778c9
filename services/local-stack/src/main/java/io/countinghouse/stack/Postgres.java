package io.countinghouse.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** PostgreSQL 18 from its Maven artifact, on loopback, with a database and two roles for each service. */
final class Postgres implements AutoCloseable {

    /** Seven services of 20 connections, their migrations, and room for a person with psql. */
    private static final String MOST_CONNECTIONS = "200";

    private final EmbeddedPostgres server;

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    static Postgres start(StackConfig config, Secrets secrets) {
        Path directory = directory(config);
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setPort(config.postgresPort())
                    .setServerConfig("max_connections", MOST_CONNECTIONS)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            Postgres postgres = new Postgres(server);
            postgres.prepare(secrets);
            return postgres;
        } catch (IOException | SQLException e) {
            throw new StackException("PostgreSQL does not start in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** A server that outlived its stack (kill -9) still holds the folder and the port: it is asked to stop first. */
    static void stopLeftover(StackConfig config) {
        Path pidFile = directory(config).resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        try {
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            var leftover = ProcessHandle.of(pid)
                    .filter(process -> process.info()
                            .command()
                            .map(command -> command.endsWith("postgres"))
                            .orElse(false));
            if (leftover.isPresent()) {
                leftover.get().destroy();
                leftover.get().onExit().get(30, TimeUnit.SECONDS);
            }
            Files.deleteIfExists(pidFile);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new StackException("PostgreSQL of an earlier start does not stop; see " + pidFile, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    private static Path directory(StackConfig config) {
        return config.data().resolve("postgresql");
    }

    /** Roles and databases that are missing are made; passwords are set again, so the secrets file is the truth. */
    private void prepare(Secrets secrets) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            if (isMissing(statement, "select 1 from pg_roles where rolname = 'app_rw'")) {
                statement.execute("CREATE ROLE app_rw NOLOGIN");
            }
            for (ServiceName service : ServiceName.values()) {
                for (String role : List.of(owner(service), application(service))) {
                    if (isMissing(statement, "select 1 from pg_roles where rolname = '" + role + "'")) {
                        statement.execute("CREATE ROLE " + role + " LOGIN");
                    }
                    statement.execute("ALTER ROLE " + role + " PASSWORD '" + secrets.get("database." + role) + "'");
                }
                statement.execute("GRANT app_rw TO " + application(service));
                String database = service.database();
                if (isMissing(statement, "select 1 from pg_database where datname = '" + database + "'")) {
                    statement.execute("CREATE DATABASE " + database + " OWNER " + owner(service));
                    statement.execute("REVOKE CONNECT ON DATABASE " + database + " FROM PUBLIC");
                    statement.execute("GRANT CONNECT ON DATABASE " + database + " TO " + application(service));
                }
            }
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "postgres");
    }

    static String owner(ServiceName service) {
        return service.id().replace('-', '_') + "_owner";
    }

    static String application(ServiceName service) {
        return service.id().replace('-', '_') + "_app";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new StackException("PostgreSQL did not stop: " + e.getMessage(), e);
        }
    }
}
