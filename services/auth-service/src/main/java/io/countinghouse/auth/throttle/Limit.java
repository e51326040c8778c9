package io.countinghouse.auth.throttle;

import java.time.Duration;

/**
 * One counter's rule: so many attempts are free, then each waits twice as long as the one before, up to the longest delay.
 *
 * @param suspendedAfter attempts in a row after which each further one waits a day; above {@code free}
 * @param forgetAfter without an attempt for so long, counting starts again
 */
record Limit(int free, Duration longestDelay, int suspendedAfter, Duration forgetAfter) {

    static Limit of(int free, Duration longestDelay, Duration forgetAfter) {
        return new Limit(free, longestDelay, Integer.MAX_VALUE, forgetAfter);
    }
}
