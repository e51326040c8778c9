package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.database.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** PostgreSQL 18 from its Maven artifact, on loopback, with a database and two roles for each service. */
final class Postgres implements AutoCloseable {

    /** Seven services of 20 connections, their migrations, and room for a person with psql. */
    private static final String MOST_CONNECTIONS = "200";

    /** DataFolder of operations reads it there, too. */
    static final String SUPERUSER_SECRET = "database.postgres";

    private static final Logger EMBEDDED = Logger.getLogger("io.zonky");

    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final StackConfig config;
    private final Secrets secrets;
    private DurableServer server;
    private ProcessHandle postmaster;

    private Postgres(StackConfig config, Secrets secrets) {
        this.config = config;
        this.secrets = secrets;
    }

    static Postgres start(StackConfig config, Secrets secrets) {
        Postgres postgres = new Postgres(config, secrets);
        postgres.launch();
        try {
            postgres.prepare();
            return postgres;
        } catch (SQLException e) {
            postgres.close();
            throw new OperationException("the databases cannot be prepared: " + e.getMessage(), e);
        }
    }

    private void launch() {
        server = DurableServer.start(
                directory(config),
                config.data().resolve("logs/postgresql.log"),
                config.postgresPort(),
                secrets.get(SUPERUSER_SECRET),
                Map.of("max_connections", MOST_CONNECTIONS),
                List.of());
        postmaster = running(config)
                .orElseThrow(
                        () -> new OperationException("PostgreSQL started and is gone; see its log in the data folder"));
    }

    /** Whether its first process is there: that one starts each of the others again when it dies. */
    boolean isAlive() {
        // A process that nobody has waited for yet is there without a program.
        return postmaster.isAlive() && postmaster.info().command().isPresent();
    }

    /** After the death of the first process: what is committed is in the write-ahead log. */
    void restart() {
        Level before = EMBEDDED.getLevel();
        // The library would tell at length that there is nothing to stop.
        EMBEDDED.setLevel(Level.OFF);
        try {
            server.close();
        } finally {
            EMBEDDED.setLevel(before);
        }
        try {
            endOrphans();
            Files.deleteIfExists(pidFile(config));
        } catch (IOException e) {
            throw new OperationException("PostgreSQL cannot be started again: " + e.getMessage(), e);
        }
        launch();
    }

    /** Its other processes end when they notice; until then they hold the memory that a new server would share with them. */
    private void endOrphans() throws IOException {
        Path folder = directory(config).toRealPath();
        List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                .filter(process -> worksIn(process, folder))
                .toList();
        for (ProcessHandle orphan : orphans) {
            try {
                orphan.onExit().get(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                orphan.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationException("interrupted", e);
            }
        }
    }

    private static boolean worksIn(ProcessHandle process, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .equals(folder);
        } catch (IOException e) {
            // It ended, or is another user's.
            return false;
        }
    }

    /** The first process of the server that works on the folder. */
    private static Optional<ProcessHandle> running(StackConfig config) {
        try {
            Path file = pidFile(config);
            return Files.exists(file)
                    ? ProcessHandle.of(Long.parseLong(
                                    Files.readAllLines(file).getFirst().strip()))
                            .filter(process -> process.info()
                                    .command()
                                    .map(command -> command.endsWith("postgres"))
                                    .orElse(false))
                    : Optional.empty();
        } catch (IOException e) {
            throw new OperationException("cannot read " + pidFile(config) + ": " + e.getMessage(), e);
        }
    }

    private static Path pidFile(StackConfig config) {
        return directory(config).resolve("postmaster.pid");
    }

    /** A server that outlived its stack (kill -9) still holds the folder and the port: it is asked to stop first. */
    static void stopLeftover(StackConfig config) {
        Path pidFile = pidFile(config);
        try {
            Optional<ProcessHandle> leftover = running(config);
            if (leftover.isPresent()) {
                leftover.get().destroy();
                leftover.get().onExit().get(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
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
    private void prepare() throws SQLException {
        try (Connection connection = server.superuser()) {
            new Databases(connection).prepare(role -> Optional.of(secrets.get("database." + role)));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
