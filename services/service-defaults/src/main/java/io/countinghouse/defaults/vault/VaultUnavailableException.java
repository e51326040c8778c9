package io.countinghouse.defaults.vault;

import io.countinghouse.defaults.problem.ProblemException;
import java.time.Duration;
import java.util.List;

/** What a request gets that cannot be done without Vault. */
public class VaultUnavailableException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** A Vault that restarts and is unsealed by itself is back within seconds. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** @param what cannot be done, beginning a sentence: "Signing tokens" */
    public VaultUnavailableException(String what) {
        super(
                503,
                "secret-store-unavailable",
                "Secret store unavailable",
                what + " is not possible just now; what is signed already goes on working.",
                List.of(),
                RETRY_AFTER);
    }
}
