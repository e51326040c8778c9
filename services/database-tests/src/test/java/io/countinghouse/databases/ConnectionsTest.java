package io.countinghouse.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a service keeps a connection. Its login is as Vault would lease it: a member that works as the application's role. */
class ConnectionsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    @TempDir
    static Path own;

    private static Server server;
    private static Name name;
    private static UsageService service;

    @BeforeAll
    static void start() throws IOException, SQLException, InterruptedException, GeneralSecurityException {
        server = Server.start(folder);
        Operations made = Operations.databases(Operations.environment(server));
        assertThat(made.exit()).as(made.said()).isZero();
        server.execute("CREATE ROLE leased LOGIN PASSWORD '" + Operations.PASSWORD + "' IN ROLE usage_service_app");
        server.execute("ALTER ROLE leased SET ROLE usage_service_app");
        name = new Name(server.port());
        Map<String, String> environment = UsageService.environment(name.port());
        environment.put("COUNTINGHOUSE_DATABASE_USERNAME", "leased");
        environment.put("COUNTINGHOUSE_DATABASE_SILENCE", "2s");
        service = UsageService.start(own, environment).awaitReady();
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        name.close();
        server.close();
    }

    @Test
    void oneThatBecameSilentIsGivenUp() throws InterruptedException {
        // Given
        name.loseConnections();
        CopyOnWriteArrayList<Integer> lost = new CopyOnWriteArrayList<>();

        // When
        Set<Thread> requests = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            String key = "lost_" + i;
            requests.add(Thread.ofVirtual().start(() -> lost.add(service.define(key))));
        }

        // Then
        for (Thread request : requests) {
            request.join();
        }
        assertThat(lost).hasSize(4).doesNotContain(0, 500);
        await().atMost(PATIENCE).until(() -> service.define("found_" + System.nanoTime()) == 201);
    }

    @Test
    void aLeasedLoginThrowsAwayWhatLeadsToAReadOnlyServer() throws SQLException {
        // Given
        await().atMost(PATIENCE).until(service::isReady);

        // When
        server.takeWrites(false);

        // Then
        try {
            await().atMost(PATIENCE)
                    .until(() -> !service.isReady() && backends().isEmpty());
        } finally {
            server.takeWrites(true);
        }
        await().atMost(PATIENCE).until(() -> service.isReady() && service.define("again_" + System.nanoTime()) == 201);
    }

    private static Set<String> backends() throws SQLException {
        return new HashSet<>(server.texts("postgres", "select pid from pg_stat_activity where usename = 'leased'"));
    }
}
