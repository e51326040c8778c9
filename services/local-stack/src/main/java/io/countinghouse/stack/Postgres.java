package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.database.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** PostgreSQL 18 from its Maven artifact, on loopback, with a database and two roles for each service. */
final class Postgres implements AutoCloseable {

    /** Seven services of 20 connections, their migrations, and room for a person with psql. */
    private static final String MOST_CONNECTIONS = "200";

    /** DataFolder of operations reads it there, too. */
    private static final String SUPERUSER_SECRET = "database.postgres";

    private final DurableServer server;

    private Postgres(DurableServer server) {
        this.server = server;
    }

    static Postgres start(StackConfig config, Secrets secrets) {
        Postgres postgres = new Postgres(DurableServer.start(
                directory(config),
                config.postgresPort(),
                secrets.get(SUPERUSER_SECRET),
                Map.of("max_connections", MOST_CONNECTIONS),
                List.of()));
        try {
            postgres.prepare(secrets);
            return postgres;
        } catch (SQLException e) {
            postgres.close();
            throw new OperationException("the databases cannot be prepared: " + e.getMessage(), e);
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
            throw new OperationException("PostgreSQL of an earlier start does not stop; see " + pidFile, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted", e);
        }
    }

    private static Path directory(StackConfig config) {
        return config.data().resolve("postgresql");
    }

    /** Passwords are set again at each start, so the secrets file is the truth. */
    private void prepare(Secrets secrets) throws SQLException {
        try (Connection connection = server.superuser()) {
            new Databases(connection).prepare(role -> Optional.of(secrets.get("database." + role)));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
