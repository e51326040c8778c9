package io.countinghouse.auth.throttle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "countinghouse.auth.throttle")
interface ThrottleConfig {

    /** A person mistypes; five guesses are worth nothing against twelve characters. */
    @WithDefault("5")
    int freeAttempts();

    /** Behind one address may be an office; fifty of its people do not mistype within the hour. */
    @WithDefault("50")
    int freeAttemptsPerAddress();

    /** Each attempt beyond the free ones doubles the wait, from one second up to this: some hundred guesses a day. */
    @WithDefault("15m")
    Duration longestDelay();

    /** Without an attempt for so long, counting starts again. */
    @WithDefault("1h")
    Duration forgetAfter();

    /** After a login, attempts on the account from that address do not count for the address: as long as a session. */
    @WithDefault("30d")
    Duration knownFor();
}
