package io.countinghouse.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Stands in front of the origin of a stack and makes its services look broken in ways that a service which works cannot
 * be made to: each answer below is one that a defect of ours would give.
 */
final class BreakingProxy implements AutoCloseable {

    /** Longer than /health may take in the test. */
    static final int SLOW_MS = 700;

    private final HttpClient client = Stack.client();
    private final Map<String, String> refreshed = new ConcurrentHashMap<>();
    private final String origin;
    private final HttpServer server;

    BreakingProxy(String origin) throws IOException {
        this.origin = origin;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean hasToken = exchange.getRequestHeaders().containsKey("Authorization");
            if (path.equals("/services/ai-modeling-service/v1/ai/history") && !hasToken) {
                // operations: one that asks for no token.
                answer(exchange, 200, "{\"data\":[],\"next\":null}");
            } else if (path.equals("/services/auth-service/v1/auth/keys") && hasToken) {
                // roles: one that asks for no role.
                answer(exchange, 200, "{\"data\":[],\"next\":null}");
            } else if (path.equals("/services/billing-service/v1/billing/plans")
                    && hasToken
                    && exchange.getRequestMethod().equals("GET")) {
                // sessions: a service that hears of no revocation.
                answer(exchange, 200, "{\"data\":[],\"next\":null}");
            } else if (path.equals("/services/auth-service/v1/auth/login") && body.contains("nobody-")) {
                // login: an address that nobody has is let in.
                answer(exchange, 200, "{}");
            } else if (path.equals("/services/auth-service/v1/auth/refresh") && refreshed.containsKey(body)) {
                // refresh: a token that was used before is good for another.
                answer(exchange, 200, refreshed.get(body));
            } else {
                pass(exchange, path, body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, String path, String body) throws IOException, InterruptedException {
        if (path.equals("/services/notification-service/health")) {
            // health: slow.
            Thread.sleep(SLOW_MS);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(origin + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body));
        for (String name : new String[] {"Authorization", "Content-Type", "Idempotency-Key", "X-Correlation-Id"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            // correlation: a service that does not take the id over.
            if (value != null && !(name.equals("X-Correlation-Id") && path.contains("/usage-service/"))) {
                request.header(name, value);
            }
        }
        HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        byte[] text = answer.body();
        if (path.equals("/services/invoice-service/metrics")) {
            // counters: one that nobody registered.
            text = new String(text, StandardCharsets.UTF_8)
                    .replaceAll("(?m)^invoice_paid_total.*$", "")
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (path.endsWith("/v1/auth/refresh") && answer.statusCode() == 200) {
            refreshed.put(body, new String(text, StandardCharsets.UTF_8));
        }
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        send(exchange, answer.statusCode(), text);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, status, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
