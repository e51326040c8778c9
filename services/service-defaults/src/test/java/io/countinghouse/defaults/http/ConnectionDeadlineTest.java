package io.countinghouse.defaults.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
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
