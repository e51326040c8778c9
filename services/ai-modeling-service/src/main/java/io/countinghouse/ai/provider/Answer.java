package io.countinghouse.ai.provider;

/**
 * What a provider made of a task.
 *
 * @param result written as JSON: a forecast, an explanation, or a chat completion
 */
public record Answer(String model, Object result, long inputTokens, long outputTokens) {}
