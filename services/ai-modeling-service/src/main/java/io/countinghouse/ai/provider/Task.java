package io.countinghouse.ai.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.ai.usage.UsageSeries;

/** What a provider is asked to do. */
public sealed interface Task {

    /** Continue a series by {@code horizon} windows, with intervals of {@code level} percent. */
    record ForecastUsage(UsageSeries history, int horizon, int level) implements Task {}

    /** Tell in words what a series shows and what to expect of the next {@code horizon} windows. */
    record ExplainUsage(UsageSeries history, int horizon, int level) implements Task {}

    /** Go on with a conversation; the request is a chat completion as OpenAI describes it. */
    record Chat(ObjectNode request) implements Task {}
}
