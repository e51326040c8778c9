package io.countinghouse.defaults.vault;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "countinghouse.vault")
interface VaultConfig {

    /** Set by the profile {@code vault}. */
    @WithDefault("false")
    boolean enabled();

    /** Of the mounts: {@code <prefix>} (KV v2), {@code <prefix>-database}, {@code -transit} and {@code -pki}. */
    @WithDefault("countinghouse")
    String prefix();

    /** A key that was changed in Vault is used after this long at most; it costs a read per secret and process. */
    @WithDefault("30s")
    Duration refresh();
}
