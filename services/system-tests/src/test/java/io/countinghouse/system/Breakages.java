package io.countinghouse.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.stack.LocalStack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/** Breaks a running stack, and mends it again when it is closed, last broken first. */
final class Breakages implements AutoCloseable {

    private static final Duration LONG_AGO = Duration.ofDays(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    @FunctionalInterface
    private interface Mending {
        void mend() throws IOException, SQLException;
    }

    /** Longer than every line that is written here, so that each can be written over. */
    private static final int LOG_LINE_LENGTH = 400;

    private final LocalStack stack;
    private final Deque<Mending> mendings = new ArrayDeque<>();

    Breakages(LocalStack stack) {
        this.stack = stack;
    }

    /** @param mend takes back what {@code broken} did */
    void sql(ServiceName service, String broken, String mend) throws SQLException {
        execute(service, broken);
        mendings.push(() -> execute(service, mend));
    }

    private void execute(ServiceName service, String sql) throws SQLException {
        try (Connection owner = owner(stack, service);
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    static Connection owner(LocalStack stack, ServiceName service) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + stack.config().postgresPort() + "/" + service.database(),
                service.ownerRole(),
                stack.secrets().get("database." + service.ownerRole()));
    }

    void logLine(ServiceName service, String line) throws IOException {
        Path log = stack.service(service).log();
        int before = (int) Files.size(log);
        String written = padded(line);
        Files.writeString(log, written + "\n", StandardOpenOption.APPEND);
        long at = before
                + Files.readString(log, StandardCharsets.ISO_8859_1)
                        .substring(before)
                        .indexOf(written);
        // Only this line: what the service logs meanwhile may say why something failed.
        mendings.push(() -> {
            try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.wrap(padded(line("mended")).getBytes(StandardCharsets.US_ASCII)), at);
            }
        });
    }

    private static String padded(String line) {
        return String.format("%-" + LOG_LINE_LENGTH + "s", line);
    }

    /** A process of somebody who put a secret where everybody reads it. */
    void commandLine(String secret) throws IOException {
        Process shown = new ProcessBuilder("sh", "-c", "read -r wait", "sh", secret).start();
        mendings.push(shown::destroy);
    }

    void oldSecrets() throws IOException {
        Path file = stack.secrets().file();
        FileTime before = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(LONG_AGO)));
        mendings.push(() -> Files.setLastModifiedTime(file, before));
    }

    /**
     * A folder with what a backup says of itself, and its drill: all of it old, the drill failed besides.
     *
     * @return the folder
     */
    static Path oldBackup(Path backup) throws IOException {
        Path folder = Files.createTempDirectory("old-backups");
        Path old = Files.createDirectory(folder.resolve("old"));
        ObjectNode manifest =
                (ObjectNode) JSON.readTree(backup.resolve("manifest.json").toFile());
        manifest.put("consistent_at", Instant.now().minus(LONG_AGO).toString());
        byte[] text = JSON.writeValueAsBytes(manifest);
        Files.write(old.resolve("manifest.json"), text);
        Files.writeString(old.resolve("manifest.json.sha256"), sha256(text) + "  manifest.json\n");
        JsonNode drill = JSON.readTree(
                backup.resolveSibling(backup.getFileName() + ".drill.json").toFile());
        JSON.writeValue(folder.resolve("old.drill.json").toFile(), ((ObjectNode) drill).put("passed", false));
        return folder;
    }

    private static String sha256(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String line(String message) {
        return JSON.createObjectNode()
                .put("timestamp", Instant.now().toString())
                .put("level", "INFO")
                .put("service", "test")
                .put("message", message)
                .toString();
    }

    @Override
    public void close() throws IOException, SQLException {
        while (!mendings.isEmpty()) {
            mendings.pop().mend();
        }
    }
}
