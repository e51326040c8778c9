package io.countinghouse.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans by OTLP over gRPC, on loopback, and keeps the messages as they came. */
public final class TraceCollector implements QuarkusTestResourceLifecycleManager {

    private static final String EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private static final List<byte[]> RECEIVED = new CopyOnWriteArrayList<>();

    private Vertx vertx;

    @Override
    public Map<String, String> start() {
        RECEIVED.clear();
        vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(TraceCollector::export)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return Map.of(
                "quarkus.otel.exporter.otlp.endpoint",
                "http://127.0.0.1:" + server.actualPort(),
                "quarkus.otel.bsp.schedule.delay",
                "100ms");
    }

    private static void export(HttpServerRequest request) {
        request.bodyHandler(body -> {
            boolean known = request.path().equals(EXPORT);
            if (known) {
                RECEIVED.add(body.getBytes());
            }
            // An empty answer: one frame without compression and without content.
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putTrailer("grpc-status", known ? "0" : "12")
                    .end(Buffer.buffer(new byte[5]));
        });
    }

    /** Whether a message came with a span of this trace, of this service. */
    public static boolean has(String traceId, String service) {
        byte[] trace = HexFormat.of().parseHex(traceId);
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        return RECEIVED.stream().anyMatch(message -> contains(message, trace) && contains(message, name));
    }

    private static boolean contains(byte[] message, byte[] part) {
        // One character a byte.
        return new String(message, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void stop() {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
