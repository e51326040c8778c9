package io.countinghouse.operations.readiness;

import io.countinghouse.operations.backup.KnownBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a folder of {@code scripts/backup} says of the latest backup, and of the latest that was restored as a drill. */
final class Backups {

    private Backups() {}

    static Optional<Site.Trace> latest(Path folder) throws IOException {
        return KnownBackup.in(folder).stream()
                .max(Comparator.comparing(KnownBackup::consistentAt))
                .map(backup ->
                        new Site.Trace(backup.consistentAt(), backup.folder().toString(), true));
    }

    static Optional<Site.Trace> latestDrill(Path folder) throws IOException {
        return KnownBackup.in(folder).stream()
                .flatMap(backup -> backup.drill().stream()
                        .map(drill -> new Site.Trace(
                                drill.at(),
                                String.format(
                                        Locale.ROOT,
                                        "%s verified in %.1f s",
                                        backup.folder().getFileName(),
                                        drill.seconds()),
                                drill.passed())))
                .max(Comparator.comparing(Site.Trace::at));
    }

    /** What mends a missing one of the two. */
    static String mending(Line line, Path folder) {
        return line == Line.BACKUP
                ? "run scripts/backup into a folder below " + folder
                : "run scripts/restore BACKUP --drill with the latest of " + folder;
    }
}
