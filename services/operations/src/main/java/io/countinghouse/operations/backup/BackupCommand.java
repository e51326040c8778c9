package io.countinghouse.operations.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copies all seven databases, to one point in time, and the secrets of an installation of scripts/up that runs.",
            "A backup contains personal data, and unless --without-secrets the secrets, not encrypted: keep it where only"
                    + " its keeper reads it."
        })
public final class BackupCommand implements Callable<Integer> {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Option(names = "--data", required = true, description = "data folder of the installation")
    private Path data;

    @Parameters(
            paramLabel = "BACKUP",
            arity = "0..1",
            description =
                    "folder to make; default: one named for the time, in a folder beside the data: <data>-backups")
    private Path backup;

    @Option(
            names = "--without-secrets",
            description =
                    "of an installation whose secrets are elsewhere, such as in Vault, which has a backup of its own")
    private boolean withoutSecrets;

    @Override
    public Integer call() throws IOException, SQLException {
        long begun = System.nanoTime();
        Path folder = data.toAbsolutePath().normalize();
        Path target = backup == null
                ? folder.resolveSibling(folder.getFileName() + "-backups").resolve(NAME.format(Instant.now()))
                : backup.toAbsolutePath().normalize();
        Terminal terminal = Terminal.standard();
        Manifest manifest = new BaseBackup(new DataFolder(folder), !withoutSecrets, terminal).take(target);
        terminal.line(
                "%,d files, %s, in %.1f s",
                manifest.files().size(),
                Terminal.megabytes(manifest.bytes()),
                Terminal.seconds(begun, System.nanoTime()));
        terminal.line(
                "all seven databases as of %s, %s in the log of PostgreSQL %s",
                manifest.consistentAt(), manifest.stopLsn(), manifest.postgresqlVersion());
        terminal.line("%s", target);
        terminal.line("It contains %s: keep it where only its keeper reads it.", manifest.contains());
        terminal.line("Try it: scripts/restore %s --drill", target);
        return 0;
    }
}
