package io.countinghouse.ai.provider;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A chat completion as an endpoint sent it: paid for, so whatever can be made out of it is. */
public final class Completion {

    /** A generation takes less by orders of magnitude; more is a mistake of the endpoint, and would be billed. */
    private static final BigDecimal MOST_TOKENS = BigDecimal.valueOf(1_000_000_000);

    /** The rule of thumb of OpenAI's own documentation for English. */
    private static final int CHARACTERS_PER_TOKEN = 4;

    private static final int LONGEST_MODEL = 200;

    /** Members of a message that no model generates or reads as text, and those that hold base64. */
    private static final Set<String> NO_TEXT = Set.of("role", "id", "type", "object", "data", "logprobs");

    private final ForeignJson json;
    private final String model;

    private Completion(ForeignJson json, String model) {
        this.json = json;
        this.model = model;
    }

    /**
     * @param asked the model that was asked for, for endpoints that do not say which one answered
     * @return empty when it is no completion at all: neither choices nor usage
     */
    static Optional<Completion> of(byte[] body, String asked) {
        return ForeignJson.of(body)
                .filter(json -> json.values().get("choices") instanceof List
                        || json.values().get("usage") instanceof Map
                                && !json.values().containsKey("error"))
                .map(json -> new Completion(json, modelOf(json, asked)));
    }

    private static String modelOf(ForeignJson json, String asked) {
        return json.values().get("model") instanceof String model && !model.isBlank() && model.length() <= LONGEST_MODEL
                ? model
                : asked;
    }

    String model() {
        return model;
    }

    /** The values as the database can hold them. */
    Map<String, Object> values() {
        return json.values();
    }

    /** The endpoint's own text under another id; its model is always a text, as clients expect. */
    public String under(String id) {
        return json.with(Map.of("id", id, "model", model));
    }

    /** The text of the first choice; empty when it has none. */
    String text() {
        if (json.values().get("choices") instanceof List<?> choices
                && !choices.isEmpty()
                && choices.getFirst() instanceof Map<?, ?> choice
                && choice.get("message") instanceof Map<?, ?> message) {
            return message.get("content") instanceof String text ? text : textIn(message.get("content"));
        }
        return "";
    }

    private static String textIn(Object parts) {
        StringBuilder text = new StringBuilder();
        if (parts instanceof List<?> list) {
            for (Object part : list) {
                if (part instanceof Map<?, ?> named && named.get("text") instanceof String each) {
                    text.append(each);
                }
            }
        }
        return text.toString();
    }

    long inputTokens(Map<String, ?> request) {
        return reported("prompt_tokens").orElseGet(() -> {
            long characters = 0;
            for (String part : List.of("messages", "tools", "functions", "response_format")) {
                characters += characters(request.get(part));
            }
            return tokens(characters);
        });
    }

    /** What is reported, or an estimate from all that came: each choice, with its text, refusal and tool calls. */
    long outputTokens() {
        return reported("completion_tokens").orElseGet(() -> {
            long characters = 0;
            if (json.values().get("choices") instanceof List<?> choices) {
                for (Object choice : choices) {
                    if (choice instanceof Map<?, ?> members) {
                        characters += characters(members.get("message")) + characters(members.get("text"));
                    }
                }
            }
            return tokens(characters);
        });
    }

    private Optional<Long> reported(String name) {
        Object reported = json.values().get("usage") instanceof Map<?, ?> usage ? usage.get(name) : null;
        BigDecimal tokens = switch (reported) {
            case Long whole -> BigDecimal.valueOf(whole);
            case BigDecimal number -> number;
            case null, default -> null;
        };
        return tokens != null
                        && tokens.signum() >= 0
                        && tokens.compareTo(MOST_TOKENS) <= 0
                        && tokens.stripTrailingZeros().scale() <= 0
                ? Optional.of(tokens.longValueExact())
                : Optional.empty();
    }

    private static long tokens(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    /** Of all texts and numbers in it, however nested; a picture or sound in it is not text. */
    private static long characters(Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> text.startsWith("data:") ? 0 : text.length();
            case Map<?, ?> members ->
                members.entrySet().stream()
                        .filter(member -> !(member.getKey() instanceof String name && NO_TEXT.contains(name)))
                        .mapToLong(member -> characters(member.getValue()))
                        .sum();
            case List<?> values ->
                values.stream().mapToLong(Completion::characters).sum();
            default -> value.toString().length();
        };
    }
}
