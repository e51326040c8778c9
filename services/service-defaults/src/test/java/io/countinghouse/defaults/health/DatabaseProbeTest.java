package io.countinghouse.defaults.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseProbeTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aDatabaseThatRefusesIsAway() throws IOException {
        // Given
        int port;
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = once.getLocalPort();
        }

        // When
        DatabaseProbe.Result result =
                probe(port, Duration.ofSeconds(10)).result().await().indefinitely();

        // Then
        assertThat(result.isUp()).isFalse();
        assertThat(result.failure()).isPresent();
    }

    @Test
    void aDatabaseThatSaysNothingIsAwayAfterTheFirstLimit() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // When
            DatabaseProbe.Result result = probe(silent.getLocalPort(), Duration.ofSeconds(10))
                    .result()
                    .await()
                    .indefinitely();

            // Then
            assertThat(result.failure()).contains("TimeoutException");
        }
    }

    private DatabaseProbe probe(int port, Duration limit) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setDatabase("none")
                .setUser("nobody")
                .setPassword("none");
        return new DatabaseProbe(
                Pool.newInstance(
                        PgBuilder.pool().connectingTo(options).using(vertx).build()),
                vertx,
                limit);
    }
}
