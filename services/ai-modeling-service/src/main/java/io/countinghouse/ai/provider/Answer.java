package io.countinghouse.ai.provider;

import java.util.Optional;

/**
 * What a provider made of a task.
 *
 * @param result written as JSON, and such that the database can hold it: a forecast, an explanation, or a chat completion
 * @param completion as a language model's endpoint sent it; empty for what this service made itself, and was not paid for
 */
public record Answer(
        String model, Object result, long inputTokens, long outputTokens, Optional<Completion> completion) {

    static Answer own(String model, Object result, long inputTokens, long outputTokens) {
        return new Answer(model, result, inputTokens, outputTokens, Optional.empty());
    }
}
