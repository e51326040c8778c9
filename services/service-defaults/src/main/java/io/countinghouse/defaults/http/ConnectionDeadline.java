package io.countinghouse.defaults.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Closes a connection whose client began a header and does not end it, or asks for nothing any more. An idle timeout
 * alone does not: one byte now and then keeps it from firing. Vert.x has no limit for this, so Netty's own extension
 * point for new connections is used; it is found by {@link java.util.ServiceLoader}.
 */
public final class ConnectionDeadline extends ChannelInitializerExtension {

    /** A header is a few kilobytes: a client that needs longer does not mean to end it. */
    static final long HEADER_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Longer than the 60 s after which the clients of the product give an idle connection up by themselves. */
    static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(75);

    private static final long NONE = Long.MIN_VALUE;

    private static final AttributeKey<State> STATE = AttributeKey.valueOf(ConnectionDeadline.class, "state");

    /** Netty reads the property once, when the first server or client is made: the options of Vert.x come before that. */
    @ApplicationScoped
    static class Loading implements VertxOptionsCustomizer {
        @Override
        public void accept(VertxOptions options) {
            System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
        }
    }

    private final LongSupplier nanoTime;

    public ConnectionDeadline() {
        this(System::nanoTime);
    }

    ConnectionDeadline(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        State state = new State(channel, nanoTime);
        channel.attr(STATE).set(state);
        channel.pipeline().addFirst(state);
    }

    /** A request's header has arrived whole. */
    static void requestBegan(HttpConnection connection) {
        if (connection instanceof ConnectionBase known) {
            requestBegan(known.channel());
        }
    }

    static void requestBegan(Channel channel) {
        State state = channel.attr(STATE).get();
        if (state != null) {
            state.underWay++;
            state.firstByteAt = NONE;
        }
    }

    static void requestEnded(HttpConnection connection) {
        if (connection instanceof ConnectionBase known) {
            requestEnded(known.channel());
        }
    }

    static void requestEnded(Channel channel) {
        State state = channel.attr(STATE).get();
        if (state != null) {
            state.underWay--;
            state.idleSince = state.nanoTime.getAsLong();
        }
    }

    /** Touched by the connection's own event loop alone. */
    private static final class State extends ChannelInboundHandlerAdapter {
        private final Channel channel;
        private final LongSupplier nanoTime;
        private int underWay;
        private long idleSince;

        /** When the first byte of a header came that is not whole yet. */
        private long firstByteAt = NONE;

        State(Channel channel, LongSupplier nanoTime) {
            this.channel = channel;
            this.nanoTime = nanoTime;
            this.idleSince = nanoTime.getAsLong();
        }

        /** Not before: until then the channel has no event loop. */
        @Override
        public void channelActive(ChannelHandlerContext context) {
            check();
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (underWay == 0 && firstByteAt == NONE) {
                firstByteAt = nanoTime.getAsLong();
            }
            context.fireChannelRead(message);
        }

        void check() {
            if (!channel.isOpen()) {
                return;
            }
            long now = nanoTime.getAsLong();
            boolean late = underWay == 0
                    && (firstByteAt != NONE && now - firstByteAt >= HEADER_NANOS || now - idleSince >= IDLE_NANOS);
            if (late) {
                channel.close();
            } else {
                // Twice within the shorter limit, so that nothing outlives its own by more than half of that.
                channel.eventLoop().schedule(this::check, HEADER_NANOS / 2, TimeUnit.NANOSECONDS);
            }
        }
    }
}
