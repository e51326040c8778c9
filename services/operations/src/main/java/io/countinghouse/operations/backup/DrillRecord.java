package io.countinghouse.operations.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What a drill leaves behind: {@code <backup>.drill.json} beside the backup, in which nothing may be that its manifest
 * does not name.
 */
final class DrillRecord {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DrillRecord() {}

    static Path of(Path backup) {
        return backup.resolveSibling(backup.getFileName() + ".drill.json");
    }

    static void write(Path backup, boolean passed, double seconds) throws IOException {
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(
                        of(backup).toFile(),
                        JSON.createObjectNode()
                                .put("drilled_at", Instant.now().toString())
                                .put("passed", passed)
                                .put("seconds", Math.round(seconds * 10) / 10.0));
    }

    /** Missing where no drill was. */
    static JsonNode read(Path backup) throws IOException {
        Path file = of(backup);
        return Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.missingNode();
    }
}
