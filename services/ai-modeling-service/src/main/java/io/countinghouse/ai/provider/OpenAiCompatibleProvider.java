package io.countinghouse.ai.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.ai.usage.UsageSeries;
import io.countinghouse.defaults.secret.Secrets;
import io.countinghouse.defaults.secret.WatchedSecret;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.net.URI;
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

    /** For endpoints that report no usage: the rule of thumb of OpenAI's own documentation for English. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private static final String API_KEY = "api-key";

    private static final String INSTRUCTION = "You explain metered usage to the customer who is billed for it. "
            + "Answer in plain English of at most 150 words. Use only the numbers given; do not invent causes.";

    private final OpenAiConfig config;
    private final ObjectMapper json;
    private final WatchedSecret secret;
    private final Optional<OpenAiClient> client;

    OpenAiCompatibleProvider(OpenAiConfig config, ObjectMapper json, Secrets secrets) {
        this.config = config;
        this.json = json;
        this.secret = secrets.watch("openai", Map.of(API_KEY, "countinghouse.ai.openai.api-key"));
        this.client = config.url()
                .map(url -> QuarkusRestClientBuilder.newBuilder()
                        .baseUri(URI.create(url))
                        .readTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
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
                complete(chat.request()).map(completion -> answer(chat.request(), completion, completion));
            case Task.ExplainUsage usage -> {
                ObjectNode request = explain(usage);
                yield complete(request)
                        .map(completion -> answer(
                                request, completion, json.createObjectNode().put("text", textOf(completion))));
            }
            // A language model guesses numbers; the built-in provider computes them and knows how sure it is.
            case Task.ForecastUsage usage -> Uni.createFrom().failure(new UnsupportedTaskException(name(), "forecast"));
        };
    }

    private Uni<ObjectNode> complete(ObjectNode asked) {
        if (client.isEmpty()) {
            return Uni.createFrom().failure(new ProviderNotConfiguredException());
        }
        ObjectNode request = asked.deepCopy().put("stream", false);
        if (!request.hasNonNull("model")) {
            request.put("model", config.model());
        }
        return client.get()
                .complete(secret.value(API_KEY).map(key -> "Bearer " + key).orElse(null), request)
                .onFailure()
                .transform(OpenAiCompatibleProvider::problemOf)
                .map(OpenAiCompatibleProvider::completion);
    }

    private static ObjectNode completion(JsonNode answer) {
        if (answer instanceof ObjectNode completion
                && completion.path("choices").path(0).hasNonNull("message")) {
            return completion;
        }
        throw ProviderFailedException.unintelligible();
    }

    private ObjectNode explain(Task.ExplainUsage task) {
        UsageSeries history = task.history();
        StringBuilder numbers = new StringBuilder("Usage of '%s' per %s (UTC):%n"
                .formatted(history.meter(), history.window().text()));
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

    private Answer answer(ObjectNode request, ObjectNode completion, ObjectNode result) {
        JsonNode usage = completion.path("usage");
        return new Answer(
                completion.path("model").asText(request.path("model").asText(config.model())),
                result,
                usage.path("prompt_tokens")
                        .asLong(estimate(request.path("messages").toString())),
                usage.path("completion_tokens").asLong(estimate(textOf(completion))));
    }

    private static String textOf(ObjectNode completion) {
        return completion.at("/choices/0/message/content").asText("");
    }

    private static long estimate(String text) {
        return (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    private static Throwable problemOf(Throwable failure) {
        if (failure instanceof WebApplicationException refused && refused.getResponse() != null) {
            int status = refused.getResponse().getStatus();
            return status >= 300 ? ProviderFailedException.refused(status) : ProviderFailedException.unintelligible();
        }
        return failure instanceof jakarta.ws.rs.ProcessingException unreadable
                        && unreadable.getCause() instanceof com.fasterxml.jackson.core.JacksonException
                ? ProviderFailedException.unintelligible()
                : ProviderFailedException.silent();
    }
}
