package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one origin: sends each path of the API to its service; {@code /services/<name>/…} reaches what all seven have
 * (health, metrics, openapi, dead letters); {@code /mailbox} shows the mail.
 */
final class Origin implements AutoCloseable {

    /** Says on the terminal that a connection broke; the client got 502 for it. Held, or the level would be forgotten. */
    private static final Logger VERTX = Logger.getLogger("io.vertx.core");

    private static final String SERVICES = "/services/";

    /** At most this many requests to one service at once; the rest wait in the client's queue. */
    private static final int POOL = 64;

    private final Vertx vertx;
    private final HttpClient client;
    private final HttpServer server;
    private final Map<ServiceName, HttpProxy> services = new EnumMap<>(ServiceName.class);
    private final Map<ServiceName, HttpProxy> management = new EnumMap<>(ServiceName.class);
    private final Mailbox mailbox;

    private Origin(StackConfig config, Mailbox mailbox) {
        this.mailbox = mailbox;
        VERTX.setLevel(Level.OFF);
        vertx = Vertx.vertx();
        client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(POOL));
        for (ServiceName service : ServiceName.values()) {
            services.put(service, proxy(config.port(service)));
            management.put(service, proxy(config.managementPort(service)));
        }
        // HTTP/1.1 alone: a body of HTTP/2 need not say its length, and the services are spoken to in HTTP/1.1.
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(this::route);
    }

    static Origin start(StackConfig config, Mailbox mailbox) {
        Origin origin = new Origin(config, mailbox);
        try {
            origin.server
                    .listen(config.origin(), "0.0.0.0")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            return origin;
        } catch (Exception e) {
            origin.close();
            throw new OperationException(
                    "the origin cannot listen on port " + config.origin() + ": " + e.getMessage(), e);
        }
    }

    private HttpProxy proxy(int port) {
        return HttpProxy.reverseProxy(client)
                .origin(SocketAddress.inetSocketAddress(port, "localhost"))
                .addInterceptor(new ProxyInterceptor() {
                    @Override
                    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                        String uri = context.request().getURI();
                        if (uri.startsWith(SERVICES)) {
                            context.request().setURI(uri.substring(uri.indexOf('/', SERVICES.length())));
                        }
                        // Location is a path: the client that asked here finds it here.
                        return context.sendRequest();
                    }
                });
    }

    private void route(HttpServerRequest request) {
        String path = request.path();
        if (path.startsWith(SERVICES)) {
            for (ServiceName service : ServiceName.values()) {
                if (path.startsWith(SERVICES + service.id() + "/")) {
                    boolean isManagement = path.matches(SERVICES + service.id() + "/(health|metrics)(/.*)?");
                    (isManagement ? management : services).get(service).handle(request);
                    return;
                }
            }
        }
        Optional<ServiceName> owner = ServiceName.owning(path);
        if (owner.isPresent()) {
            services.get(owner.get()).handle(request);
            return;
        }
        if (request.method() == HttpMethod.GET && path.equals("/mailbox")) {
            answer(request, 200, mailbox.list(request.getParam("to")));
        } else if (request.method() == HttpMethod.GET && path.equals("/")) {
            answer(request, 200, index());
        } else {
            answer(
                    request,
                    404,
                    new JsonObject()
                            .put("type", "https://countinghouse.io/problems/not-found")
                            .put("title", "Not found")
                            .put("status", 404)
                            .put("detail", "No service owns the path '" + path + "'; GET / lists what there is."));
        }
    }

    private static JsonObject index() {
        JsonArray list = new JsonArray();
        for (ServiceName service : ServiceName.values()) {
            list.add(new JsonObject()
                    .put("service", service.id())
                    .put("paths", new JsonArray(service.paths()))
                    .put("health", SERVICES + service.id() + "/health")
                    .put("metrics", SERVICES + service.id() + "/metrics")
                    .put("openapi", SERVICES + service.id() + "/openapi"));
        }
        return new JsonObject().put("services", list).put("mailbox", "/mailbox");
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", status < 400 ? "application/json" : "application/problem+json")
                .end(body.encodePrettily());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
