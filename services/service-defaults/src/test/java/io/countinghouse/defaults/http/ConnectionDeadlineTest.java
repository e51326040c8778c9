package io.countinghouse.defaults.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionDeadlineTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private long now;

    ConnectionDeadlineTest() {
        channel.freezeTime();
        new ConnectionDeadline(() -> now).postInitializeServerChildChannel(channel);
        channel.pipeline().fireChannelActive();
    }

    @Test
    void aChannelThatHasNoEventLoopYetIsPrepared() {
        // When
        EmbeddedChannel unregistered = new EmbeddedChannel(false, false);
        new ConnectionDeadline().postInitializeServerChildChannel(unregistered);

        // Then
        assertThat(unregistered.pipeline().names()).hasSizeGreaterThan(1);
    }

    @Test
    void aHeaderThatNeverEndsIsCutHoweverOftenAByteArrives() {
        // When
        for (int second = 0; second < 50 && channel.isOpen(); second += 5) {
            bytes("X");
            pass(5);
        }

        // Then
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aConnectionThatAsksForNothingIsClosed() {
        // When
        pass(91);

        // Then
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aRequestUnderWayKeepsItsConnection() {
        // Given
        bytes("GET / HTTP/1.1\r\n\r\n");
        ConnectionDeadline.requestBegan(channel);

        // When
        pass(300);

        // Then
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aClientThatComesBackWithinAMinuteFindsItsConnectionOpen() {
        // Given
        bytes("GET / HTTP/1.1\r\n\r\n");
        ConnectionDeadline.requestBegan(channel);
        ConnectionDeadline.requestEnded(channel);

        // When
        pass(60);

        // Then
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void theNextHeaderHasItsOwnTime() {
        // Given
        bytes("GET / HTTP/1.1\r\n\r\n");
        ConnectionDeadline.requestBegan(channel);
        ConnectionDeadline.requestEnded(channel);
        pass(50);
        bytes("G");

        // When
        pass(20);

        // Then
        assertThat(channel.isOpen()).isTrue();
    }

    /** Netty reads its setting once, with the first server or client: no other test of this module makes one. */
    @Test
    void eachConnectionOfAServerHasADeadline() throws Exception {
        // Given
        new ConnectionDeadline.Loading().accept(new VertxOptions());
        Vertx vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.response().end(handlersOf(request)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        // When
        String handlers;
        try (InputStream answer =
                URI.create("http://127.0.0.1:" + server.actualPort()).toURL().openStream()) {
            handlers = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }

        // Then
        assertThat(handlers).contains("ConnectionDeadline");
    }

    private static String handlersOf(HttpServerRequest request) {
        return ((ConnectionBase) request.connection())
                .channel()
                .pipeline()
                .names()
                .toString();
    }

    private void bytes(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        channel.releaseInbound();
    }

    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            now += TimeUnit.SECONDS.toNanos(1);
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
