package io.countinghouse.operations.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A backup that lies in a folder of backups: its manifest is there and unchanged.
 *
 * @param consistentAt the point in time that it holds
 */
public record KnownBackup(Path folder, Instant consistentAt, long bytes, Optional<Drilled> drill) {

    /** When it was restored to see whether it could be, whether it could, and how long that took. */
    public record Drilled(Instant at, boolean passed, double seconds) {}

    /** All of a folder, in no order; none when there is no such folder. */
    public static List<KnownBackup> in(Path folder) throws IOException {
        List<KnownBackup> backups = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return backups;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(each -> Files.exists(each.resolve(Manifest.NAME)))
                    .toList()) {
                backups.add(read(entry));
            }
        }
        return backups;
    }

    private static KnownBackup read(Path backup) throws IOException {
        try {
            Manifest manifest = Manifest.read(backup);
            JsonNode drill = DrillRecord.read(backup);
            return new KnownBackup(
                    backup,
                    Instant.parse(manifest.consistentAt()),
                    manifest.bytes(),
                    drill.isObject()
                            ? Optional.of(new Drilled(
                                    Instant.parse(drill.path("drilled_at").asText()),
                                    drill.path("passed").asBoolean(),
                                    drill.path("seconds").asDouble()))
                            : Optional.empty());
        } catch (ViolationException e) {
            throw new OperationException(e.getMessage(), e);
        }
    }
}
