package io.countinghouse.ai.provider;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.ai.usage.UsageSeries;
import io.countinghouse.defaults.http.EgressProxy;
import io.countinghouse.defaults.secret.Secrets;
import io.countinghouse.defaults.secret.WatchedSecret;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Any endpoint with OpenAI's chat completions. A chat is passed on as it came, except that it does not stream and gets
 * the configured model if it names none; an explanation is asked for in a prompt that holds the numbers.
 */
@Startup
@ApplicationScoped
class OpenAiCompatibleProvider implements Provider {

    private static final String API_KEY = "api-key";

    private static final String INSTRUCTION = "You explain metered usage to the customer who is billed for it. "
            + "Answer in plain English of at most 150 words. Use only the numbers given; do not invent causes.";

    private final OpenAiConfig config;
    private final ObjectMapper json;
    private final WatchedSecret secret;
    private final Clock clock;
    private final Optional<OpenAiClient> client;

    OpenAiCompatibleProvider(OpenAiConfig config, ObjectMapper json, Secrets secrets, Clock clock, EgressProxy proxy) {
        this.config = config;
        this.json = json;
        this.clock = clock;
        this.secret = secrets.watch("openai", Map.of(API_KEY, "countinghouse.ai.openai.api-key"));
        this.client = config.url()
                .map(URI::create)
                .map(url -> proxy.through(QuarkusRestClientBuilder.newBuilder(), url)
                        .baseUri(url)
                        .readTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                        // Status and bytes are read here, whatever type they claim to be of.
                        .register(new Untyped())
                        .property("microprofile.rest.client.disable.default.mapper", true)
                        .build(OpenAiClient.class));
    }

    @Override
    public String name() {
        return Providers.OPENAI_COMPATIBLE;
    }

    @Override
    public Uni<Answer> answer(Task task) {
        return switch (task) {
            case Task.Chat chat ->
                complete(chat.request()).map(completion -> answer(chat.request(), completion, completion.values()));
            case Task.ExplainUsage usage -> {
                ObjectNode request = explain(usage);
                yield complete(request)
                        .map(completion -> answer(request, completion, Map.of("text", completion.text())));
            }
            // A language model guesses numbers; the built-in provider computes them and knows how sure it is.
            case Task.ForecastUsage usage -> Uni.createFrom().failure(new UnsupportedTaskException(name(), "forecast"));
        };
    }

    private Uni<Completion> complete(ObjectNode asked) {
        if (client.isEmpty()) {
            return Uni.createFrom().failure(new ProviderNotConfiguredException());
        }
        ObjectNode request = asked.deepCopy().put("stream", false);
        if (!request.hasNonNull("model")) {
            request.put("model", config.model());
        }
        String key = secret.value(API_KEY).orElse(null);
        return client.get()
                .complete(key == null ? null : "Bearer " + key, request)
                .onFailure()
                .transform(failure -> ProviderFailedException.silent())
                .map(answer -> completion(answer, request.get("model").asText(), key));
    }

    private Completion completion(Response answer, String model, String key) {
        byte[] body = answer.hasEntity() ? answer.readEntity(byte[].class) : new byte[0];
        if (answer.getStatus() / 100 != 2) {
            throw ProviderFailedException.refused(
                    answer.getStatus(), body, key, answer.getHeaderString(HttpHeaders.RETRY_AFTER), clock.instant());
        }
        return Completion.of(body, model).orElseThrow(ProviderFailedException::unintelligible);
    }

    private ObjectNode explain(Task.ExplainUsage task) {
        UsageSeries history = task.history();
        StringBuilder numbers = new StringBuilder("Usage of '%s' per %s (UTC; %s):%n"
                .formatted(history.meter(), history.window().text(), history.aggregation()));
        for (int i = 0; i < history.values().size(); i++) {
            numbers.append(history.startOf(i))
                    .append(' ')
                    .append(history.values().get(i).toPlainString())
                    .append('\n');
        }
        ObjectNode request = json.createObjectNode();
        request.putArray("messages")
                .add(message("system", INSTRUCTION))
                .add(message("user", numbers + "What does this show, and what should I expect next?"));
        return request;
    }

    private ObjectNode message(String role, String content) {
        return json.createObjectNode().put("role", role).put("content", content);
    }

    private Answer answer(ObjectNode request, Completion completion, Map<String, Object> result) {
        Map<String, Object> asked = json.convertValue(request, new TypeReference<LinkedHashMap<String, Object>>() {});
        return new Answer(
                completion.model(),
                result,
                completion.inputTokens(asked),
                completion.outputTokens(),
                Optional.of(completion));
    }

    /** A Content-Type that is no media type fails whoever reads it. */
    private static final class Untyped implements ClientResponseFilter {
        @Override
        public void filter(ClientRequestContext request, ClientResponseContext response) {
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
        }
    }
}
