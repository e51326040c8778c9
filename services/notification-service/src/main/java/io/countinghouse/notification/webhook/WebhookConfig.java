package io.countinghouse.notification.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What tenants may register, and how their secrets are kept. */
@ConfigMapping(prefix = "countinghouse.notification.webhook")
interface WebhookConfig {

    /** Loopback, private and link-local addresses: for development, where the receiver is on the same machine. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** Plain http: whoever is on the way reads along. */
    @WithDefault("false")
    boolean allowHttp();

    /** Encrypts the endpoints' secrets in the database: at least 32 characters of a random secret. */
    String secretEncryptionKey();

    /** A receiver has this long to learn the new secret; in the meantime both sign. */
    @WithDefault("24h")
    Duration rotationOverlap();

    /** Enough for every system of one customer; bounds what one event sets in motion. */
    @WithDefault("20")
    int mostEndpoints();
}
