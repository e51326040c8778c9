package io.countinghouse.ai.provider;

import io.countinghouse.defaults.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The endpoint refused or did not answer. Its codes are passed on, since clients branch on them; its own words are not: they
 * may quote the key.
 */
public class ProviderFailedException extends ProblemException {

    private static final long serialVersionUID = 1L;
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY = Duration.ofDays(1);

    /** About the request that was passed on. All else is between the endpoint and whoever runs this product. */
    private static final Set<Integer> ABOUT_THE_REQUEST = Set.of(400, 404, 409, 413, 415, 422, 451);

    /** 529 is Anthropic's and others' word for overload. */
    private static final Set<Integer> OVERLOADED = Set.of(503, 529);

    private static final Pattern WORD = Pattern.compile("[\\w.:\\[\\]/-]{1,100}");

    private final transient Refusal refusal;
    private final boolean isAnswered;

    /** As OpenAI's clients are told; without a code of the endpoint, each is null. */
    public record Refusal(int status, String type, String param, String code) {}

    private ProviderFailedException(
            int status, String slug, String title, String detail, Duration retryAfter, Refusal refusal) {
        this(status, slug, title, detail, retryAfter, refusal, false);
    }

    private ProviderFailedException(
            int status,
            String slug,
            String title,
            String detail,
            Duration retryAfter,
            Refusal refusal,
            boolean isAnswered) {
        super(status, slug, title, detail, List.of(), retryAfter);
        this.refusal = refusal;
        this.isAnswered = isAnswered;
    }

    /**
     * @param key a secret that no part of the refusal may show
     * @param retryAfter the endpoint's header, or null
     */
    static ProviderFailedException refused(int upstream, byte[] body, String key, String retryAfter, Instant now) {
        Object error = ForeignJson.of(body)
                .map(ForeignJson::values)
                .map(values -> values.get("error"))
                .orElse(null);
        Refusal refusal = refusal(upstream, error instanceof Map<?, ?> members ? members : Map.of(), key);
        String code = refusal.code() == null ? "" : " (" + refusal.code() + ")";
        if (upstream == 429) {
            // Waiting does not fill an account.
            Duration wait = "insufficient_quota".equals(refusal.code()) ? null : RETRY;
            return new ProviderFailedException(
                    429,
                    "ai-provider-busy",
                    "AI provider busy",
                    "The AI endpoint takes no more requests now%s.".formatted(code),
                    wait(retryAfter, now).orElse(wait),
                    refusal);
        }
        // A 404 without an error in it is not about a model: the configured URL is wrong.
        if (ABOUT_THE_REQUEST.contains(upstream) && (upstream != 404 || error != null)) {
            return new ProviderFailedException(
                    422,
                    "ai-provider-refused",
                    "AI provider refused",
                    "The AI endpoint refused the request with status %d%s.".formatted(upstream, code),
                    null,
                    refusal);
        }
        if (OVERLOADED.contains(upstream)) {
            return new ProviderFailedException(
                    503,
                    "ai-provider-unavailable",
                    "AI provider unavailable",
                    "The AI endpoint answered with status %d.".formatted(upstream),
                    wait(retryAfter, now).orElse(RETRY),
                    null);
        }
        return failed("The AI endpoint answered with status %d.".formatted(upstream), false);
    }

    /** Also an error under status 200, which some routers send. */
    static ProviderFailedException unintelligible() {
        return failed("The AI endpoint's answer is not a chat completion.", true);
    }

    private static ProviderFailedException failed(String detail, boolean isAnswered) {
        return new ProviderFailedException(
                502, "ai-provider-failed", "AI provider failed", detail, null, null, isAnswered);
    }

    static ProviderFailedException silent() {
        return new ProviderFailedException(
                503,
                "ai-provider-unavailable",
                "AI provider unavailable",
                "The AI endpoint does not answer.",
                RETRY,
                null);
    }

    /** The endpoint answered something, and may have been paid for it: to ask again would cost again. */
    public boolean isAnswered() {
        return isAnswered;
    }

    /** What the endpoint had against the request; empty when it failed by itself. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    private static Refusal refusal(int status, Map<?, ?> error, String key) {
        return new Refusal(
                status, word(error.get("type"), key), word(error.get("param"), key), word(error.get("code"), key));
    }

    private static String word(Object value, String key) {
        return value != null
                        && WORD.matcher(value.toString()).matches()
                        && (key == null || key.isEmpty() || !value.toString().contains(key))
                ? value.toString()
                : null;
    }

    /** RFC 9110 section 10.2.3: seconds, or a date. */
    private static Optional<Duration> wait(String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Optional.empty();
        }
        Duration wait;
        try {
            wait = retryAfter.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")
                    ? Duration.ofMillis((long) Math.ceil(Double.parseDouble(retryAfter) * 1000))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
        return wait.isNegative() || wait.compareTo(LONGEST_RETRY) > 0 ? Optional.empty() : Optional.of(wait);
    }
}
