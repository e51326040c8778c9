package io.countinghouse.auth.key;

import io.countinghouse.defaults.problem.ProblemException;
import java.time.Instant;

class KeyTooYoungException extends ProblemException {

    private static final long serialVersionUID = 1L;

    KeyTooYoungException(String kid, Instant published, Instant earliest) {
        super(
                409,
                "signing-key-too-young",
                "Signing key too young",
                "The next key '%s' was published at %s; services may not know it before %s. Rotate then."
                        .formatted(kid, published, earliest));
    }
}
