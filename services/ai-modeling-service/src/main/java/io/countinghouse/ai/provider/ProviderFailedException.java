package io.countinghouse.ai.provider;

import io.countinghouse.defaults.problem.ProblemException;
import java.time.Duration;
import java.util.List;

/** The endpoint refused or did not answer. Its own words are not passed on: they may quote the key. */
class ProviderFailedException extends ProblemException {

    private static final long serialVersionUID = 1L;
    private static final Duration RETRY = Duration.ofSeconds(10);

    private ProviderFailedException(int status, String slug, String title, String detail, Duration retryAfter) {
        super(status, slug, title, detail, List.of(), retryAfter);
    }

    static ProviderFailedException refused(int upstream) {
        if (upstream == 429) {
            return new ProviderFailedException(
                    429, "ai-provider-busy", "AI provider busy", "The AI endpoint takes no more requests now.", RETRY);
        }
        if (upstream == 400 || upstream == 404 || upstream == 422) {
            return new ProviderFailedException(
                    422,
                    "ai-provider-refused",
                    "AI provider refused",
                    "The AI endpoint refused the request with status %d.".formatted(upstream),
                    null);
        }
        return new ProviderFailedException(
                502,
                "ai-provider-failed",
                "AI provider failed",
                "The AI endpoint answered with status %d.".formatted(upstream),
                null);
    }

    static ProviderFailedException unintelligible() {
        return new ProviderFailedException(
                502,
                "ai-provider-failed",
                "AI provider failed",
                "The AI endpoint's answer is not a chat completion.",
                null);
    }

    static ProviderFailedException silent() {
        return new ProviderFailedException(
                503, "ai-provider-unavailable", "AI provider unavailable", "The AI endpoint does not answer.", RETRY);
    }
}
