package io.countinghouse.auth.password;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

@ConfigMapping(prefix = "countinghouse.auth.password")
interface PasswordConfig {

    /** Hashes at the same time; by default as many as there are processors, since a hash is nothing but CPU. */
    OptionalInt hashingThreads();

    /** Hashes that wait; 32 are about two seconds on two processors, which is as long as a person waits for a login. */
    @WithDefault("32")
    int hashingQueue();
}
