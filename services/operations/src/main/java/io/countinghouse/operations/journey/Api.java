package io.countinghouse.operations.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * The public REST API, as any client would use it. A call that meets a service which is away (no connection, 502, 503)
 * is repeated for a while; every POST carries an Idempotency-Key, so that repeating it is safe.
 */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> AWAY = Set.of(429, 502, 503, 504);

    /** A killed service is back within some ten seconds; two minutes cover a machine that is busy besides. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http;
    private final UnaryOperator<String> urls;
    private final Supplier<String> token;

    /** @param url of the one origin, such as {@code http://localhost:8080} */
    public static Api at(String url) {
        return new Api(client(), path -> url + path, () -> null);
    }

    /** @param urls the address of a path, for services that are found in another way */
    public static Api at(UnaryOperator<String> urls) {
        return new Api(client(), urls, () -> null);
    }

    /** Each service at its own address, where nothing stands in front of them: its name takes the place of {@code {}}. */
    public static Api ofServicesAt(String pattern) {
        return new Api(
                client(),
                path -> pattern.replace(
                                "{}",
                                ServiceName.owning(path)
                                        .orElseThrow(() -> new OperationException("no service owns the path " + path))
                                        .id())
                        + path,
                () -> null);
    }

    private Api(HttpClient http, UnaryOperator<String> urls, Supplier<String> token) {
        this.http = http;
        this.urls = urls;
        this.token = token;
    }

    /** @param person gives an access token; asked at each call, because they last 15 minutes */
    public Api as(Supplier<String> person) {
        return new Api(http, urls, person);
    }

    /** The same by HTTPS, where the services' certificates are not of an authority that everybody knows. */
    public Api trusting(SSLContext context) {
        return new Api(builder().sslContext(context).build(), urls, token);
    }

    private static HttpClient client() {
        return builder().build();
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).version(HttpClient.Version.HTTP_1_1);
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public JsonNode get(String path) {
        return expect(send("GET", path, null, null, null));
    }

    public byte[] bytes(String path) {
        HttpResponse<byte[]> answer = send("GET", path, null, null, null);
        if (answer.statusCode() != 200) {
            throw refused("GET " + path, answer);
        }
        return answer.body();
    }

    public JsonNode put(String path, JsonNode body) {
        return expect(send("PUT", path, "application/json", body.toString(), null));
    }

    /** Done also when it is gone already: a repetition after a lost answer finds nothing. */
    public void delete(String path) {
        HttpResponse<byte[]> answer = send("DELETE", path, null, null, null);
        if (answer.statusCode() != 404) {
            expect(answer);
        }
    }

    /** @param key names this one effect: the same key again gets the same answer */
    public JsonNode post(String path, JsonNode body, String key) {
        return expect(send("POST", path, "application/json", body.toString(), key));
    }

    public JsonNode post(String path, String contentType, String body, String key) {
        return expect(send("POST", path, contentType, body, key));
    }

    /** Like {@link #post}, for what may be there already: false when the API answers 409. */
    public boolean create(String path, JsonNode body, String key) {
        HttpResponse<byte[]> answer = send("POST", path, "application/json", body.toString(), key);
        if (answer.statusCode() == 409) {
            return false;
        }
        expect(answer);
        return true;
    }

    /** Asks again and again until the answer is what one waits for: the effects of events arrive in their own time. */
    public static <T> T await(String what, Supplier<T> question) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            T answer = question.get();
            if (answer != null) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new OperationException("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
            }
            pause();
        }
    }

    public static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }

    private HttpResponse<byte[]> send(String method, String path, String contentType, String body, String key) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                HttpResponse<byte[]> answer = http.send(
                        request(method, path, contentType, body, key), HttpResponse.BodyHandlers.ofByteArray());
                if (!AWAY.contains(answer.statusCode()) || System.nanoTime() > deadline) {
                    return answer;
                }
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new OperationException(method + " " + path + " got no answer: " + e.getMessage(), e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationException("interrupted", e);
            }
            pause();
        }
    }

    private HttpRequest request(String method, String path, String contentType, String body, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(urls.apply(path)))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        String bearer = token.get();
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return request.build();
    }

    private static JsonNode expect(HttpResponse<byte[]> answer) {
        if (answer.statusCode() >= 300) {
            throw refused(
                    answer.request().method() + " " + answer.request().uri().getPath(), answer);
        }
        try {
            return answer.body().length == 0 ? JSON.nullNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new OperationException("no JSON: " + e.getMessage(), e);
        }
    }

    private static OperationException refused(String call, HttpResponse<byte[]> answer) {
        return new OperationException(call + " was answered " + answer.statusCode() + ": "
                + new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted", e);
        }
    }
}
