package io.countinghouse.ai.generation;

import java.time.Duration;
import java.util.Map;

/** A provider's answer, and how long it took. */
record Reply(String model, Map<String, Object> result, long inputTokens, long outputTokens, Duration latency) {}
