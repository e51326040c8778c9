package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** PostgreSQL alone, on a restored folder and a free port; its programs are those of the local stack. */
final class RestoredServer implements AutoCloseable {

    /** Replaying the log takes seconds; a checkpoint of a large copy on a slow disk takes minutes. */
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(30);

    private static final int LINES_OF_LOG = 15;

    private final EmbeddedPostgres server;

    private RestoredServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** @param log what the server says, for the person who has to find out why it does not start */
    static RestoredServer start(DataFolder data, Path log) {
        File file = log.toFile();
        try {
            return new RestoredServer(EmbeddedPostgres.builder()
                    .setDataDirectory(data.database())
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(LONGEST_RECOVERY)
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(file))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(file))
                    .start());
        } catch (IOException | IllegalStateException e) {
            throw new ViolationException("PostgreSQL does not start on the restored folder: " + e.getMessage()
                    + "; its log ends with\n" + tail(log));
        }
    }

    Server server() {
        return new Server(server.getPort());
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new OperationException("the restored PostgreSQL did not stop: " + e.getMessage(), e);
        }
    }
}
