package io.countinghouse.ai.provider;

import io.countinghouse.defaults.problem.ProblemException;

class UnsupportedTaskException extends ProblemException {

    private static final long serialVersionUID = 1L;

    UnsupportedTaskException(String provider, String operation) {
        super(
                422,
                "operation-not-supported",
                "Operation not supported",
                "The provider '%s' does not support the operation '%s'.".formatted(provider, operation));
    }
}
