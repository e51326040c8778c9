package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Restores a backup into a new data folder, or tries whether it could be: the drill.")
public final class RestoreCommand implements Callable<Integer> {

    private static final Logger EMBEDDED = Logger.getLogger("io.zonky");

    @Parameters(paramLabel = "BACKUP", description = "folder that scripts/backup made")
    private Path backup;

    @ArgGroup(multiplicity = "1")
    private Target target;

    private static final class Target {
        @Option(names = "--data", description = "data folder to make; scripts/up --data starts on it")
        private Path data;

        @Option(
                names = "--drill",
                description =
                        "restore into a folder that is thrown away, verify databases, audit tree, ledger and events,"
                                + " and print how long it took")
        private boolean drill;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        // What the embedded server tells of itself would stand between the lines of the drill.
        EMBEDDED.setLevel(Level.WARNING);
        Terminal terminal = Terminal.standard();
        Path from = backup.toAbsolutePath().normalize();
        if (target.drill) {
            return new Drill(from, terminal).run() ? 0 : 1;
        }
        restore(from, target.data.toAbsolutePath().normalize(), terminal);
        return 0;
    }

    /** The folder appears when it is complete: scripts/up never starts on half of it. */
    static void restore(Path from, Path data, Terminal terminal) throws IOException {
        if (Files.exists(data)) {
            throw new OperationException(data + " exists: a restore makes a new folder and touches no other");
        }
        long begun = System.nanoTime();
        Archive archive = Archive.open(from, terminal);
        terminal.line("%s", archive.verify());
        Path partial = data.resolveSibling(data.getFileName() + ".partial");
        PrivateFiles.delete(partial);
        try {
            archive.extract(partial);
            PrivateFiles.sync(partial);
            Files.move(partial, data);
        } finally {
            PrivateFiles.delete(partial);
        }
        DataFolder restored = new DataFolder(data);
        terminal.line(
                "%s holds all seven databases as of %s%s; %.1f s",
                data,
                archive.manifest().consistentAt(),
                restored.hasSecrets() ? ", and their secrets" : "",
                Terminal.seconds(begun, System.nanoTime()));
        if (restored.hasSecrets()) {
            terminal.line("Start it: scripts/up --data %s", data);
        } else {
            terminal.line("Start PostgreSQL %s on %s", archive.manifest().postgresqlVersion(), restored.database());
        }
    }
}
