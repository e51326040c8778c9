package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The embedded PostgreSQL, run as a real one: what it acknowledged survives the death of each of its processes and of the
 * machine, and nobody gets in without a password, the superuser neither. The library is made for tests and would switch
 * off the first and leave out the second.
 */
final class DurableServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    /** The library starts the server with -F, which is fsync=off, and with synchronous_commit=off; the later option counts. */
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "on");

    /** The method of a line in pg_hba.conf that lets in whoever comes. */
    private static final Pattern TRUSTING = Pattern.compile("(?m)^((?:local|host\\w*)\\s.*\\s)trust[ \t]*$");

    private final EmbeddedPostgres server;

    private DurableServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * @param password of the superuser, {@code postgres}: of letters, digits, - and _
     * @param log where it writes what happens to it
     * @param settings more of postgresql.conf
     * @param rules lines that pg_hba.conf needs besides its own
     */
    static DurableServer start(
            Path data, Path log, int port, String password, Map<String, String> settings, List<String> rules) {
        if (!password.matches("[A-Za-z0-9_-]{16,}")) {
            throw new IllegalArgumentException(
                    "the superuser's password must be 16 or more letters, digits, '-' and '_'");
        }
        Path file = null;
        try {
            file = passwordFile(password);
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    // Its order at the end is that of whoever started it: first those that use it.
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setConnectConfig("password", password)
                    // Options of initdb, whatever the method is called: a new server never trusts anybody, not for a
                    // moment.
                    .setLocaleConfig("auth-local", "scram-sha-256")
                    .setLocaleConfig("auth-host", "scram-sha-256")
                    .setLocaleConfig("pwfile", file.toString())
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setPGStartupWait(LONGEST_START);
            DURABLE.forEach(builder::setServerConfig);
            settings.forEach(builder::setServerConfig);
            DurableServer started = new DurableServer(builder.start());
            started.admit(data.resolve("pg_hba.conf"), password, rules);
            return started;
        } catch (IOException | SQLException e) {
            throw new OperationException("PostgreSQL does not start in " + data + ": " + e.getMessage(), e);
        } finally {
            delete(file);
        }
    }

    private static Path passwordFile(String password) throws IOException {
        Path file = Files.createTempFile(
                "initdb", null, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, password + "\n");
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new OperationException("cannot remove " + file + ": " + e.getMessage(), e);
        }
    }

    /** A folder of before trusts loopback: its superuser gets the password first, then the rules ask for it. */
    private void admit(Path rules, String password, List<String> more) throws IOException, SQLException {
        String before = Files.readString(rules);
        String after =
                TRUSTING.matcher(before).replaceAll(line -> Matcher.quoteReplacement(line.group(1) + "scram-sha-256"));
        List<String> lines = new ArrayList<>(more);
        lines.removeIf(after.lines().toList()::contains);
        after += String.join("", lines.stream().map(line -> line + "\n").toList());
        if (after.equals(before)) {
            return;
        }
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            // A password is quoted, not bound: ALTER ROLE takes no parameters.
            statement.execute("ALTER ROLE postgres PASSWORD '" + password + "'");
            Files.writeString(rules, after);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    Connection superuser() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new OperationException("PostgreSQL did not stop: " + e.getMessage(), e);
        }
    }
}
