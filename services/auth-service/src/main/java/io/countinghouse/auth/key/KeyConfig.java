package io.countinghouse.auth.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

@ConfigMapping(prefix = "countinghouse.auth")
interface KeyConfig {

    /** A PKCS #8 private key in PEM that becomes the signing key when it is not known yet; else one is generated. */
    @WithName("bootstrap.signing-key")
    Optional<String> signingKey();

    /** The name under which that key is published; its thumbprint if absent. */
    @WithName("bootstrap.signing-key-id")
    Optional<String> signingKeyId();

    /**
     * How long a key must have been published before it may sign: longer than the services keep a key set, so that
     * each knows the key before it meets it.
     */
    @WithName("keys.publish-ahead")
    @WithDefault("PT15M")
    Duration publishAhead();
}
