package io.countinghouse.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableServerTest {

    private static final String PASSWORD = "a-password-of-the-test";

    @TempDir
    Path folder;

    @Test
    void theServerKeepsWhatItAcknowledged() throws IOException, SQLException {
        try (DurableServer server = start(freePort());
                Connection connection = server.superuser()) {
            assertThat(settings(connection, "fsync", "full_page_writes", "synchronous_commit", "max_connections"))
                    .containsExactly("on", "on", "on", "23");
        }
    }

    @Test
    void aNewServerAsksItsSuperuserForThePassword() throws IOException {
        int port = freePort();
        try (DurableServer _ = start(port)) {
            assertOnlyThePasswordOpens(port);
        }
    }

    @Test
    void aFolderOfBeforeAsksForItAfterTheNextStart() throws IOException {
        // Given
        EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .start()
                .close();
        int port = freePort();

        // When
        try (DurableServer _ = start(port)) {

            // Then
            assertOnlyThePasswordOpens(port);
        }
    }

    @Test
    void itStartsAgainOnItsFolder() throws IOException, SQLException {
        // Given
        start(freePort()).close();

        // When
        try (DurableServer again = start(freePort());
                Connection connection = again.superuser()) {

            // Then
            assertThat(settings(connection, "fsync")).containsExactly("on");
            assertThat(rules()).containsOnlyOnce("host all all 10.0.0.0/8 scram-sha-256");
        }
    }

    private void assertOnlyThePasswordOpens(int port) throws IOException {
        String url = "jdbc:postgresql://localhost:" + port + "/postgres";
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", ""))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "postgres"))
                .hasMessageContaining("password authentication failed");
        // Also not by the socket, which JDBC does not reach.
        assertThat(rules().lines().filter(line -> line.matches("(local|host).*")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("scram-sha-256"));
    }

    private String rules() throws IOException {
        return Files.readString(folder.resolve("pg_hba.conf"));
    }

    private DurableServer start(int port) {
        return DurableServer.start(
                folder,
                folder.resolveSibling(folder.getFileName() + ".log"),
                port,
                PASSWORD,
                Map.of("max_connections", "23"),
                List.of("host all all 10.0.0.0/8 scram-sha-256"));
    }

    private static List<String> settings(Connection connection, String... names) throws SQLException {
        List<String> values = new ArrayList<>();
        for (String name : names) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("show " + name)) {
                row.next();
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
