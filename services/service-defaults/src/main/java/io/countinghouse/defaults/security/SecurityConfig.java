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

    /** Below half of the promised second, so that one slow answer does not break the promise. */
    @WithDefault("400ms")
    Duration revocationPollInterval();
}
