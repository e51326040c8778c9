package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** PostgreSQL alone, on a restored folder and a free port; its programs are those of the local stack. */
final class RestoredServer implements AutoCloseable {

    /** Replaying the log takes seconds; a checkpoint of a large copy on a slow disk takes minutes. */
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(30);

    private static final int LINES_OF_LOG = 15;

    private static final Pattern TRUSTING = Pattern.compile("(?m)^host\\s.*\\strust\\s*$");

    private final EmbeddedPostgres server;
    private final String password;

    private RestoredServer(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /** @param log what the server says, for the person who has to find out why it does not start */
    static RestoredServer start(DataFolder data, Path log) {
        File file = log.toFile();
        String password = data.superuserPassword();
        try {
            refuseWithoutPassword(data, password);
            return new RestoredServer(
                    EmbeddedPostgres.builder()
                            .setDataDirectory(data.database())
                            .setCleanDataDirectory(false)
                            .setConnectConfig("password", password)
                            .setPGStartupWait(LONGEST_RECOVERY)
                            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(file))
                            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(file))
                            .start(),
                    password);
        } catch (IOException | IllegalStateException e) {
            throw new ViolationException("PostgreSQL does not start on the restored folder: " + e.getMessage()
                    + "; its log ends with\n" + tail(log));
        }
    }

    /** Said at once: the library would try to connect until the longest recovery is over. */
    private static void refuseWithoutPassword(DataFolder data, String password) throws IOException {
        Path rules = data.database().resolve("pg_hba.conf");
        if (password.isEmpty() && !TRUSTING.matcher(Files.readString(rules)).find()) {
            throw new ViolationException(
                    "the backup's PostgreSQL asks its superuser for a password, and the backup holds no"
                            + " secrets: give it in PGPASSWORD");
        }
    }

    Server server() {
        return new Server(server.getPort(), password);
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
