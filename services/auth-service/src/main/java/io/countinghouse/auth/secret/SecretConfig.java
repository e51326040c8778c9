package io.countinghouse.auth.secret;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

@ConfigMapping(prefix = "countinghouse.auth")
interface SecretConfig {

    /**
     * At least 32 characters, the same on every replica. Who loses it loses the signing keys: tokens must then be
     * signed by new ones, and every session logs in again.
     */
    String keyEncryptionSecret();

    /**
     * At least 32 characters, the same on every replica: what refresh tokens are hashed with. Optional only because Vault
     * may hold it instead; without either the service does not start. Who loses it logs everybody out.
     */
    Optional<String> sessionSecret();

    /** The session secret before this one, while sessions made under it may live. */
    Optional<String> previousSessionSecret();
}
