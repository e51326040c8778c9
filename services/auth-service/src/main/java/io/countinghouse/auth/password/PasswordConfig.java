package io.countinghouse.auth.password;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

@ConfigMapping(prefix = "countinghouse.auth.password")
interface PasswordConfig {

    /**
     * Hashes at the same time; by default as many as there are processors, since a hash is nothing but CPU, and as have room
     * in a quarter of the heap, since each fills {@link #argon2Memory} of it.
     */
    OptionalInt hashingThreads();

    /** Hashes that wait; 32 are about two seconds on two processors, which is as long as a person waits for a login. */
    @WithDefault("32")
    int hashingQueue();

    /**
     * Memory of a new hash in KiB. The default is the least that OWASP's Password Storage Cheat Sheet takes with two
     * iterations. Existing hashes are made anew at their owner's next login.
     */
    @WithDefault("19456")
    int argon2Memory();

    /** Passes of a new hash over its memory. */
    @WithDefault("2")
    int argon2Iterations();
}
