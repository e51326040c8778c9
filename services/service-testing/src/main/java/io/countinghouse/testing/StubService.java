package io.countinghouse.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Stands in for the other six services in the tests of one: a real HTTP server that records what it is sent. It takes
 * every event, issues service tokens and serves the key set; other answers are given by the test. What the real
 * services answer is checked by the system tests.
 */
public final class StubService {

    // The server is started in one class loader and told what to answer from another: both use the copy of this field
    // in the system class loader, which holds types of the JDK only.
    static final Map<String, Object> STATE = new ConcurrentHashMap<>();

    private StubService() {}

    /** A request as it came in. */
    public record Request(String method, String path, String query, Map<String, List<String>> headers, String body) {}

    /** What to answer: JSON, unless a header says something else. */
    public record Answer(int status, String body, Map<String, String> headers) {

        public Answer(int status, String body) {
            this(status, body, Map.of());
        }
    }

    static synchronized String start() {
        String url = (String) state().get("url");
        if (url != null) {
            return url;
        }
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", StubService::handle);
            server.start();
            url = "http://localhost:" + server.getAddress().getPort();
            state().put("url", url);
            return url;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String url() {
        return (String) state().get("url");
    }

    /** From now on answers requests of this method and exact path; the newest answer for a path holds. */
    public static void on(String method, String path, Function<Request, Answer> answer) {
        Function<Object[], Object[]> portable = raw -> {
            Answer given = answer.apply(request(raw));
            return new Object[] {given.status(), given.body(), given.headers()};
        };
        answers().put(method + " " + path, portable);
    }

    public static void on(String method, String path, int status, String body) {
        on(method, path, request -> new Answer(status, body));
    }

    /** Every request so far to this path, oldest first. */
    public static List<Request> requests(String method, String path) {
        return recorded().stream()
                .map(StubService::request)
                .filter(request ->
                        request.method().equals(method) && request.path().equals(path))
                .toList();
    }

    /** The bodies of the events delivered so far of one type, as CloudEvents. */
    public static List<String> events(String type) {
        return requests("POST", "/v1/inbox").stream()
                .map(Request::body)
                .filter(body -> body.contains("\"type\":\"" + type + "\""))
                .toList();
    }

    public static void reset() {
        answers().clear();
        recorded().clear();
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            Object[] raw = {
                exchange.getRequestMethod(),
                path,
                exchange.getRequestURI().getRawQuery(),
                Map.copyOf(exchange.getRequestHeaders()),
                body
            };
            String key = exchange.getRequestMethod() + " " + path;
            Function<Object[], Object[]> answer = answers().get(key);
            if (answer == null && path.startsWith("/v1/auth/") || path.startsWith("/.well-known/")) {
                send(exchange, standard(key));
                return;
            }
            recorded().add(raw);
            send(exchange, answer == null ? standard(key) : answer.apply(raw));
        }
    }

    private static Object[] standard(String key) {
        return switch (key) {
            case "POST /v1/inbox" -> new Object[] {204, null};
            case "POST /v1/auth/token" ->
                new Object[] {
                    200,
                    "{\"access_token\":\"" + Tokens.service("test") + "\",\"token_type\":\"Bearer\",\"expires_in\":900}"
                };
            case "GET /v1/auth/revocations" -> new Object[] {200, "{\"data\":[],\"next\":null}"};
            case "GET /.well-known/jwks.json" -> new Object[] {200, TestKey.jwks()};
            default -> new Object[] {404, "{\"title\":\"the test has given no answer for " + key + "\"}"};
        };
    }

    private static void send(HttpExchange exchange, Object[] answer) throws IOException {
        byte[] body = answer[1] == null ? new byte[0] : ((String) answer[1]).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (answer.length > 2) {
            ((Map<?, ?>) answer[2])
                    .forEach((name, value) -> exchange.getResponseHeaders().set((String) name, (String) value));
        }
        exchange.sendResponseHeaders((int) answer[0], body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @SuppressWarnings("unchecked")
    private static Request request(Object[] raw) {
        return new Request(
                (String) raw[0], (String) raw[1], (String) raw[2], (Map<String, List<String>>) raw[3], (String) raw[4]);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> state() {
        try {
            Class<?> shared = Class.forName(StubService.class.getName(), true, ClassLoader.getSystemClassLoader());
            var field = shared.getDeclaredField("STATE");
            field.setAccessible(true);
            return (Map<String, Object>) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Function<Object[], Object[]>> answers() {
        return (Map<String, Function<Object[], Object[]>>)
                state().computeIfAbsent("answers", key -> new ConcurrentHashMap<>());
    }

    @SuppressWarnings("unchecked")
    private static List<Object[]> recorded() {
        return (List<Object[]>) state().computeIfAbsent("recorded", key -> new CopyOnWriteArrayList<>());
    }
}
