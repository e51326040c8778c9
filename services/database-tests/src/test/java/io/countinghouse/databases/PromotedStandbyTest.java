package io.countinghouse.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary dies under load, and its synchronous standby takes over under the same name. */
class PromotedStandbyTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path first;

    @TempDir
    Path second;

    @TempDir
    Path own;

    @Test
    void nothingThatWasAcknowledgedIsLostAndTheServiceGoesOn()
            throws IOException, SQLException, InterruptedException, GeneralSecurityException {
        prepare();
        try (Server primary = Server.start(first, 18, Map.of("fsync", "on"));
                Server standby = standbyOf(primary);
                Name name = new Name(primary.port());
                UsageService service = UsageService.start(own, UsageService.environment(name.port()))) {
            // Given
            service.awaitReady();
            acknowledgeOnlyWhatTheStandbyHas(primary);
            Load load = new Load(service);
            await().atMost(PATIENCE).until(() -> load.acknowledged.size() >= 50);

            // When
            primary.kill();
            name.leadTo(standby.port());
            await().atMost(PATIENCE).until(() -> !service.isReady());
            await().atMost(PATIENCE).until(() -> load.turnedAway.get() > 0);
            standby.execute("SELECT pg_promote(true)");

            // Then
            int before = load.acknowledged.size();
            await().atMost(PATIENCE).until(() -> load.acknowledged.size() >= before + 50);
            await().atMost(PATIENCE).until(service::isReady);
            load.stop();
            assertThat(load.otherAnswers).isEmpty();
            assertThat(standby.texts(UsageService.DATABASE, "select key from meter"))
                    .containsAll(load.acknowledged);
            // None of what the pool made while the name led to a standby is left in it.
            for (int i = 0; i < 20; i++) {
                assertThat(service.define("after_" + i)).isEqualTo(201);
            }
        }
    }

    /** The databases are made, then copied while nobody uses them: the quickest way to a standby. */
    private void prepare() throws IOException, InterruptedException {
        try (Server server = Server.start(first)) {
            Operations made = Operations.databases(Operations.environment(server));
            assertThat(made.exit()).as(made.said()).isZero();
        }
    }

    private Server standbyOf(Server primary) throws IOException {
        copy(first.resolve("data"), second.resolve("data"));
        Path data = second.resolve("data");
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        Files.createFile(data.resolve("standby.signal"));
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=second'\n"
                        .formatted(primary.port(), Server.SUPERUSER, Server.PASSWORD),
                StandardOpenOption.APPEND);
        return Server.start(second);
    }

    private static void acknowledgeOnlyWhatTheStandbyHas(Server primary) throws SQLException {
        await().atMost(PATIENCE)
                .until(() -> primary.texts("postgres", "select state from pg_stat_replication")
                        .equals(List.of("streaming")));
        primary.execute("ALTER SYSTEM SET synchronous_standby_names = 'second'");
        primary.execute("SELECT pg_reload_conf()");
        await().atMost(PATIENCE)
                .until(() -> primary.texts("postgres", "select sync_state from pg_stat_replication")
                        .equals(List.of("sync")));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Four clients that define meters, one after the other, for as long as it lasts. */
    private static final class Load {

        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final Set<Integer> otherAnswers = ConcurrentHashMap.newKeySet();
        private final AtomicInteger turnedAway = new AtomicInteger();
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final List<Thread> clients = new ArrayList<>();

        Load(UsageService service) {
            for (int client = 0; client < 4; client++) {
                String prefix = "client_" + client + "_";
                clients.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; going.get(); i++) {
                        int status = service.define(prefix + i);
                        if (status == 201) {
                            acknowledged.add(prefix + i);
                        } else if (status == 503) {
                            turnedAway.incrementAndGet();
                        } else {
                            otherAnswers.add(status);
                        }
                    }
                }));
            }
        }

        void stop() throws InterruptedException {
            going.set(false);
            for (Thread client : clients) {
                client.join();
            }
        }
    }
}
