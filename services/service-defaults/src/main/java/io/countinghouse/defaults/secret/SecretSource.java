package io.countinghouse.defaults.secret;

import java.util.Locale;

/** Where a secret comes from: Vault, or the environment and what else configures a process. */
public enum SecretSource {
    VAULT,
    ENVIRONMENT;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
