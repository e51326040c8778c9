package io.countinghouse.operations.backup;

import io.countinghouse.operations.secret.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores a backup into a folder that is thrown away, starts PostgreSQL alone on it and verifies what came back: a line
 * for each check, and how long it took until the last of them had passed. Stops at the first that does not.
 */
final class Drill {

    private final Path backup;
    private final Terminal terminal;

    Drill(Path backup, Terminal terminal) {
        this.backup = backup;
        this.terminal = terminal;
    }

    /** @return whether every check passed */
    boolean run() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("countinghouse-drill");
        long begun = System.nanoTime();
        try {
            boolean passed = run(folder);
            note(passed, Terminal.seconds(begun, System.nanoTime()));
            return passed;
        } finally {
            PrivateFiles.delete(folder);
        }
    }

    /** A backup may lie where nobody writes: the drill is a drill all the same. */
    private void note(boolean passed, double seconds) {
        try {
            DrillRecord.write(backup, passed, seconds);
        } catch (IOException e) {
            terminal.line(
                    "the drill cannot be noted beside the backup, so readiness will not see it: %s", e.getMessage());
        }
    }

    private boolean run(Path folder) throws IOException, SQLException {
        long begun = System.nanoTime();
        Archive[] archive = new Archive[1];
        if (!passes(new Check("digests", () -> {
            archive[0] = Archive.open(backup, terminal);
            return archive[0].verify();
        }))) {
            return false;
        }
        Manifest manifest = archive[0].manifest();
        DataFolder data = new DataFolder(folder.resolve("data"));
        archive[0].extract(data.path());
        long copied = System.nanoTime();
        Path log = folder.resolve("postgresql.log");
        try (Secrets elsewhere = data.hasSecrets() ? null : Secrets.configured();
                RestoredServer restored = RestoredServer.start(data, log)) {
            long answered = System.nanoTime();
            Server server = restored.server();
            Keys keys = elsewhere == null ? Keys.of(data.secrets()) : Keys.of(elsewhere);
            for (Check check : checks(server, manifest, keys)) {
                if (!passes(check)) {
                    return false;
                }
            }
            long passed = System.nanoTime();
            terminal.line(
                    "recovery time %.1f s: %.1f s to verify and copy, %.1f s until PostgreSQL %s answered, %.1f s of checks",
                    Terminal.seconds(begun, passed),
                    Terminal.seconds(begun, copied),
                    Terminal.seconds(copied, answered),
                    version(server),
                    Terminal.seconds(answered, passed));
            return true;
        } catch (ViolationException e) {
            terminal.line("%-18s FAILED  %s", "recovery", e.getMessage());
            return false;
        }
    }

    static List<Check> checks(Server server, Manifest manifest, Keys keys) {
        List<Check> checks = new ArrayList<>(new DatabaseChecks(server, manifest).all());
        checks.addAll(new SecretChecks(server, keys).all());
        checks.addAll(new AuditChecks(server, manifest).all());
        checks.addAll(new LedgerChecks(server).all());
        checks.addAll(new CrossChecks(server).all());
        checks.addAll(new DeliveryChecks(server).all());
        return checks;
    }

    private boolean passes(Check check) throws SQLException {
        long begun = System.nanoTime();
        try {
            String figures = check.verification().verify();
            terminal.line("%-18s ok  %5.1f s  %s", check.name(), Terminal.seconds(begun, System.nanoTime()), figures);
            return true;
        } catch (ViolationException e) {
            terminal.line("%-18s FAILED  %s", check.name(), e.getMessage());
            return false;
        }
    }

    private static String version(Server server) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            return Sql.text(connection, "show server_version");
        }
    }
}
