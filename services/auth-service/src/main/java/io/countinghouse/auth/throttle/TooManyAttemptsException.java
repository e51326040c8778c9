package io.countinghouse.auth.throttle;

import io.countinghouse.defaults.problem.ProblemException;
import java.time.Duration;
import java.util.List;

class TooManyAttemptsException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Says the same whether or not there is such an account. */
    TooManyAttemptsException(Duration wait) {
        super(
                429,
                "too-many-attempts",
                "Too many attempts",
                "Too many attempts: the next is possible in %d s."
                        .formatted(Math.max(1, wait.plusMillis(999).toSeconds())),
                List.of(),
                wait);
    }
}
