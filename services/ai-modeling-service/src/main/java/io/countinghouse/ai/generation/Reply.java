package io.countinghouse.ai.generation;

import io.countinghouse.ai.provider.Completion;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A provider's answer, and how long it took.
 *
 * @param completion as the endpoint of a language model sent it, which somebody paid for
 */
record Reply(
        String model,
        Map<String, Object> result,
        long inputTokens,
        long outputTokens,
        Optional<Completion> completion,
        Duration latency,
        Instant completedAt) {}
