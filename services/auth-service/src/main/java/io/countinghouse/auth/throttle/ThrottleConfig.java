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

    /** Of an IPv6 /48: a provider gives one to an office or to a customer who asks, with 65,536 /64 in it. */
    @WithDefault("200")
    int freeAttemptsPerNetwork();

    /** On one account from all addresses together that it has not logged in from: more than an owner mistypes abroad. */
    @WithDefault("20")
    int freeAttemptsPerAccount();

    /** As {@link #longestDelay}, from all those addresses together: two dozen guesses a day at first. */
    @WithDefault("1h")
    Duration longestDelayPerAccount();

    /** NIST SP 800-63B section 3.2.2: after a hundred failures in a row each further attempt waits a day. */
    @WithDefault("100")
    int mostFailuresPerAccount();

    /** Without an attempt for so long, counting an account's failures from everywhere starts again. */
    @WithDefault("30d")
    Duration forgetAccountAfter();

    /** Sign-ups from one address: an agency sets up a few customers, a flood makes hundreds. */
    @WithDefault("10")
    int freeSignUps();

    /** After the free sign-ups the next waits so long; without one for so long, counting starts again. */
    @WithDefault("10m")
    Duration signUpWindow();

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
