package io.countinghouse.defaults.tls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

@ConfigMapping(prefix = "countinghouse.tls")
interface TlsConfig {

    /** Set by the profile {@code tls}. */
    @WithDefault("false")
    boolean enabled();

    /** By which the others call this service, beside its own name; the PKI role must allow them. */
    Optional<List<String>> names();

    /** How long a certificate lives: a day bounds what a stolen one is good for, and is many of Vault's outages. */
    @WithDefault("24h")
    Duration lifetime();
}
