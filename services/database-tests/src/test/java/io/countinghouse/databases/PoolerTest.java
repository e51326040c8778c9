package io.countinghouse.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests at once through few connections: with the pool of one pod alone, and behind PgBouncer. */
class PoolerTest {

    private static final int REQUESTS = 60;

    @TempDir
    Path folder;

    @TempDir
    Path own;

    @Test
    void aPodOpensNoMoreConnectionsThanItsPoolHas() throws Exception {
        try (Server server = prepared();
                UsageService service = UsageService.start(own, UsageService.environment(server.port()))) {
            // Given
            service.awaitReady();

            // When
            List<Integer> answers = atOnce(service);

            // Then
            assertThat(answers).hasSize(REQUESTS).containsOnly(201);
            assertThat(server.texts("postgres", "select pid from pg_stat_activity where usename = 'usage_service_app'"))
                    .as("seven services, two pods of each and the third of a rolling upgrade, on a server as delivered")
                    .hasSizeLessThanOrEqualTo(97 / (7 * 3));
        }
    }

    @Test
    void aPoolerOfTransactionsIsEnoughForAService() throws Exception {
        Assumptions.assumeTrue(isInPath("pgbouncer"), "pgbouncer is not in PATH");
        try (Server server = prepared()) {
            int port = freePort();
            Process pooler = pooler(server, port);
            Map<String, String> environment = UsageService.environment(port);
            environment.put("COUNTINGHOUSE_DATABASE_DIRECT_PORT", String.valueOf(server.port()));
            environment.put("COUNTINGHOUSE_DATABASE_CACHED_STATEMENTS", "false");
            try (UsageService service = UsageService.start(own, environment)) {
                // Given
                service.awaitReady();

                // When
                List<Integer> answers = atOnce(service);

                // Then
                assertThat(answers).hasSize(REQUESTS).containsOnly(201);
                assertThat(server.texts(
                                "postgres",
                                "select distinct application_name from pg_stat_activity"
                                        + " where usename = 'usage_service_app'"))
                        .hasSize(1);
                assertThat(server.texts(
                                "postgres", "select pid from pg_stat_activity where usename = 'usage_service_app'"))
                        .as("connections of PgBouncer")
                        .hasSizeBetween(1, 2);
            } finally {
                pooler.destroyForcibly();
                pooler.onExit().join();
            }
        }
    }

    private Server prepared() throws IOException, InterruptedException {
        Server server = Server.start(folder);
        Operations made = Operations.databases(Operations.environment(server));
        assertThat(made.exit()).as(made.said()).isZero();
        return server;
    }

    /** Two connections for all that its clients do: each statement that is not of a transaction may meet another session. */
    private Process pooler(Server server, int port) throws IOException {
        Path users = Files.writeString(
                folder.resolve("userlist.txt"), "\"usage_service_app\" \"" + Operations.PASSWORD + "\"\n");
        Path settings = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 2
                ignore_startup_parameters = extra_float_digits
                %s
                """.formatted(
                        server.port(),
                        port,
                        users,
                        // It refuses to be root.
                        System.getProperty("user.name").equals("root") ? "user = nobody" : ""));
        Process process = new ProcessBuilder("pgbouncer", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return process;
    }

    private static List<Integer> atOnce(UsageService service) throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = clients.invokeAll(IntStream.range(0, REQUESTS)
                    .<Callable<Integer>>mapToObj(i -> () -> service.define("at_once_" + i))
                    .toList());
            return answers.stream().map(Future::resultNow).toList();
        }
    }

    private static boolean isInPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
