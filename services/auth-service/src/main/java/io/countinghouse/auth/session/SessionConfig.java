package io.countinghouse.auth.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "countinghouse.auth.session")
interface SessionConfig {

    /** However busy a session is, a person shows the password once a month. */
    @WithDefault("30d")
    Duration lifetime();

    /** A session unused for so long is over: a holiday survives, a forgotten laptop does not stay open for a month. */
    @WithDefault("14d")
    Duration idleLifetime();

    /** How long an exchanged refresh token gives the same child: longer than a retry over a bad connection takes. */
    @WithDefault("10s")
    Duration refreshGrace();
}
