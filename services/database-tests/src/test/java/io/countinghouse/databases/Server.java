package io.countinghouse.databases;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/** A PostgreSQL that lets nobody in without a password, with the settings that it is delivered with, max_connections included. */
final class Server implements AutoCloseable {

    static final String SUPERUSER = "postgres";
    static final String PASSWORD = "of-the-superuser";

    private final EmbeddedPostgres server;
    private final Path data;
    private String parameters = "";

    private Server(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    static Server start(Path folder) {
        return start(folder, 18, Map.of());
    }

    /** @param folder in which the server's own is made, or found: then it goes on where the other ended */
    static Server start(Path folder, int version, Map<String, String> settings) {
        try {
            Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
            Path data = folder.resolve("data");
            ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(
                    folder.resolve("postgresql.log").toFile());
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .setConnectConfig("password", PASSWORD)
                    .setLocaleConfig("auth-local", "scram-sha-256")
                    .setLocaleConfig("auth-host", "scram-sha-256")
                    .setLocaleConfig("pwfile", password.toString())
                    // As delivered: the library would set others.
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("synchronous_commit", "on")
                    .setOutputRedirector(log)
                    .setErrorRedirector(log);
            settings.forEach(builder::setServerConfig);
            if (version != 18) {
                builder.setPgBinaryResolver(of(version));
            }
            return new Server(builder.start(), data);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL " + version + " does not start in " + folder, e);
        }
    }

    /** Beside the one of the class path, whose jar has the same entry. */
    private static PgBinaryResolver of(int version) {
        return (system, machine) -> {
            try (JarFile jar = new JarFile("target/servers/" + version + ".jar");
                    InputStream in = jar.getInputStream(jar.stream()
                            .filter(entry -> entry.getName().endsWith(".txz"))
                            .findFirst()
                            .orElseThrow())) {
                return new ByteArrayInputStream(in.readAllBytes());
            }
        };
    }

    int port() {
        return server.getPort();
    }

    Path data() {
        return data;
    }

    /** Only who connects with TLS is let in from now on. */
    void requireTls(Certificates certificates) throws IOException, SQLException {
        certificates.serverKey(data.resolve("server.key"));
        Files.writeString(data.resolve("server.crt"), certificates.server());
        execute("ALTER SYSTEM SET ssl = on");
        Files.writeString(data.resolve("pg_hba.conf"), "hostssl all all all scram-sha-256\n");
        execute("SELECT pg_reload_conf()");
        parameters = "?sslmode=require";
    }

    Connection superuser(String database) throws SQLException {
        return connect(database, SUPERUSER, PASSWORD);
    }

    Connection connect(String database, String role, String password) throws SQLException {
        return DriverManager.getConnection(url(database), role, password);
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database + parameters;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> texts(String database, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = superuser(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** In connections that there are, too. */
    void takeWrites(boolean writes) throws SQLException {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute(
                    writes
                            ? "ALTER SYSTEM RESET default_transaction_read_only"
                            : "ALTER SYSTEM SET default_transaction_read_only = on");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** kill -9 of its first process; the others end when they notice. */
    void kill() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.destroyForcibly();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
