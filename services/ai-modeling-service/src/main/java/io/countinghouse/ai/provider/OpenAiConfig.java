package io.countinghouse.ai.provider;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

@ConfigMapping(prefix = "countinghouse.ai.openai")
interface OpenAiConfig {

    /** Base of an endpoint that has {@code /chat/completions}; without it the provider is not configured. */
    Optional<String> url();

    /** Sent as a Bearer token; local servers need none. Vault may hold another, which then is used instead. */
    Optional<String> apiKey();

    /** For requests that name no model. */
    String model();

    Duration timeout();
}
