package io.countinghouse.ai.provider;

import io.countinghouse.defaults.problem.ProblemException;

class ProviderNotConfiguredException extends ProblemException {

    private static final long serialVersionUID = 1L;

    ProviderNotConfiguredException() {
        super(
                503,
                "ai-provider-not-configured",
                "AI provider not configured",
                "No OpenAI-compatible endpoint is configured: set countinghouse.ai.openai.url (and .api-key, .model), "
                        + "or use the provider 'built-in' for forecast and explain.");
    }
}
