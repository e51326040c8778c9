package io.countinghouse.auth;

import io.countinghouse.testing.OperationCoverage;
import java.util.Map;
import java.util.Set;

class OperationCoverageTest extends OperationCoverage {

    /** The other services know who somebody is from the token: none tells auth-service anything. */
    @Override
    protected Map<String, Set<String>> neverAnswered() {
        return Map.of("post /v1/inbox", Set.of(THAT_IT_WORKS));
    }
}
