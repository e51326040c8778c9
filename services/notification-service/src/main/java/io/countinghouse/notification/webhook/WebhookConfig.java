package io.countinghouse.notification.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What tenants may register, and how their secrets are kept. */
@ConfigMapping(prefix = "countinghouse.notification.webhook")
interface WebhookConfig {

    /** Loopback, private and link-local addresses: for development, where the receiver is on the same machine. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** Plain http: whoever is on the way reads along. */
    @WithDefault("false")
    boolean allowHttp();

    /**
     * More networks that are never called, in CIDR notation: public addresses that are the installation's own, or that a
     * cloud serves its machines at. They hold for private addresses too, where these are allowed.
     */
    Optional<List<String>> forbiddenNetworks();

    /** Encrypts the endpoints' secrets in the database: at least 32 characters of a random secret. */
    String secretEncryptionKey();

    /** Secrets that sign at once, the new one and those that were promised an overlap: bounds the header. */
    @WithDefault("10")
    int mostSecrets();

    /** A receiver has this long to learn the new secret; in the meantime both sign. */
    @WithDefault("24h")
    Duration rotationOverlap();

    /** Enough for every system of one customer; bounds what one event sets in motion. */
    @WithDefault("20")
    int mostEndpoints();
}
