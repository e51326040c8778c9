package io.countinghouse.operations.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.countinghouse.operations.OperationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a backup says about itself, in {@code manifest.json}; {@code manifest.json.sha256} beside it is what
 * {@code sha256sum -c} reads.
 *
 * @param format 1; another is refused
 * @param contains what whoever holds it should know
 * @param consistentAt the time at which the point was reached that recovery ends at, by the server's clock
 * @param stopLsn that point in the write-ahead log
 * @param migrations applied migrations by database, oldest first, as {@code version script checksum}
 * @param before what had been written before the backup began
 * @param after what had been written when it was complete: a restored table holds no more
 */
record Manifest(
        int format,
        String contains,
        String startedAt,
        String consistentAt,
        String postgresqlVersion,
        String systemIdentifier,
        String startLsn,
        String stopLsn,
        String firstSegment,
        String lastSegment,
        Map<String, List<String>> migrations,
        Progress before,
        Progress after,
        long bytes,
        List<String> folders,
        List<StoredFile> files) {

    static final int FORMAT = 1;
    static final String NAME = "manifest.json";
    static final String DIGEST = NAME + ".sha256";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /**
     * How far tables had grown that only ever grow.
     *
     * @param rows by {@code database.table}
     * @param auditRoot the root of the audit tree of {@code auditSize} entries, in hexadecimal digits
     */
    record Progress(Map<String, Long> rows, long auditSize, String auditRoot) {}

    void write(Path backup) throws IOException {
        byte[] text = JSON.writeValueAsBytes(this);
        StoredFile written = PrivateFiles.write(new ByteArrayInputStream(text), backup.resolve(NAME), NAME);
        byte[] line = (written.sha256() + "  " + NAME + "\n").getBytes(StandardCharsets.US_ASCII);
        PrivateFiles.write(new ByteArrayInputStream(line), backup.resolve(DIGEST), DIGEST);
    }

    static Manifest read(Path backup) {
        Path file = backup.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new OperationException(backup + " is no backup: it has no " + NAME);
        }
        try {
            String said = Files.readString(backup.resolve(DIGEST), StandardCharsets.US_ASCII);
            if (!said.equals(Sha256.ofFile(file) + "  " + NAME + "\n")) {
                throw new ViolationException(file + " is not what its digest in " + DIGEST + " says");
            }
            Manifest manifest = JSON.readValue(file.toFile(), Manifest.class);
            if (manifest.format != FORMAT) {
                throw new OperationException(
                        file + " has format " + manifest.format + "; this program reads format " + FORMAT);
            }
            return manifest;
        } catch (IOException e) {
            throw new OperationException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
