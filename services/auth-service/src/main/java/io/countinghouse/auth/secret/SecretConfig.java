package io.countinghouse.auth.secret;

import io.smallrye.config.ConfigMapping;

@ConfigMapping(prefix = "countinghouse.auth")
interface SecretConfig {

    /**
     * At least 32 characters, the same on every replica. Who loses it loses the signing keys: tokens must then be
     * signed by new ones, and every session logs in again.
     */
    String keyEncryptionSecret();
}
