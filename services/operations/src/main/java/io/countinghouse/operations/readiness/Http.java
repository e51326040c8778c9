package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** One request, one answer, whatever it is: no answer at all is an answer with status 0. */
final class Http {

    static final ObjectMapper JSON = new ObjectMapper();

    /** Longer than any operation of the product takes on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client;

    /** @param trust whom HTTPS believes; empty where none is spoken */
    Http(Optional<SSLContext> trust) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).version(HttpClient.Version.HTTP_1_1);
        trust.ifPresent(builder::sslContext);
        client = builder.build();
    }

    record Answer(int status, String text, long nanos) {

        boolean isOk() {
            return status == 200;
        }

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }

        /** Why it is not what was wanted. */
        String failure() {
            return status == 0 ? "no answer (" + text + ")" : "answered " + status;
        }
    }

    Answer get(String url) {
        return send("GET", url, null, Map.of(), null);
    }

    Answer get(String url, String token) {
        return send("GET", url, token, Map.of(), null);
    }

    Answer post(String url, String token, JsonNode body) {
        return send("POST", url, token, Map.of("Content-Type", "application/json"), body.toString());
    }

    Answer send(String method, String url, String token, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        long begun = System.nanoTime();
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), System.nanoTime() - begun);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Answer(0, reason, System.nanoTime() - begun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted", e);
        }
    }
}
