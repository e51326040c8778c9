package io.countinghouse.ai;

import io.countinghouse.testing.OperationCoverage;
import java.util.Map;
import java.util.Set;

class OperationCoverageTest extends OperationCoverage {

    /** It reads usage when it is asked: none tells ai-modeling-service anything. */
    @Override
    protected Map<String, Set<String>> neverAnswered() {
        return Map.of("post /v1/inbox", Set.of(THAT_IT_WORKS));
    }
}
