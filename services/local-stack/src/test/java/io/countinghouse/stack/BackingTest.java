package io.countinghouse.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackingTest {

    private static final String PASSWORD = "passwordOfTheTest";

    @TempDir
    Path folder;

    /** The deployment test ends it so; a server that stayed would hold the port of the next. */
    @Test
    void whoeverEndsItBySignalEndsItsPostgreSql() throws IOException, InterruptedException {
        // Given
        int port = freePort();
        Process backing = start(port);
        try (BufferedReader said = backing.inputReader()) {
            assertThat(said.readLine()).startsWith("ready: PostgreSQL on port " + port);
        }

        // When
        backing.destroy();
        backing.waitFor();

        // Then
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(IOException.class);
    }

    private Process start(int port) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Backing.class.getName(),
                "--data",
                folder.resolve("postgresql").toString(),
                "--network",
                "127.0.0.1/32",
                "--postgres-port",
                Integer.toString(port),
                "--smtp-port",
                Integer.toString(freePort()));
        command.environment().put("ADMINISTRATOR_PASSWORD", PASSWORD);
        command.environment().put("PGPASSWORD", PASSWORD);
        return command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
