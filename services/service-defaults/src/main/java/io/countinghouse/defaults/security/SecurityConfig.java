package io.countinghouse.defaults.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this service trusts tokens. */
@ConfigMapping(prefix = "countinghouse.security")
interface SecurityConfig {

    /** The {@code iss} of every token: the public address of the installation. */
    String issuer();

    @WithDefault("true")
    boolean revocationPolling();

    /** From one question for revocations to the next, at least: below half of the promised second. */
    @WithDefault("400ms")
    Duration revocationPollInterval();

    /** Whole seconds for which auth-service may hold the question while there is nothing new; below the client's timeout. */
    @WithDefault("5s")
    Duration revocationWait();
}
