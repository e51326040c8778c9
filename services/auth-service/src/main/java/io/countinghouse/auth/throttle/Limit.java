package io.countinghouse.auth.throttle;

import java.time.Duration;

/**
 * One counter's rule: so many attempts are free, then each waits twice as long as the one before, up to the longest delay.
 *
 * @param suspendedAfter attempts in a row after which each further one waits for the suspension
 * @param forgetAfter without an attempt for so long, counting starts again
 */
record Limit(int free, Duration longestDelay, int suspendedAfter, Duration suspension, Duration forgetAfter) {

    static Limit of(int free, Duration longestDelay, Duration forgetAfter) {
        return new Limit(free, longestDelay, Integer.MAX_VALUE, longestDelay, forgetAfter);
    }

    /** So many within a window, then none until another window has passed. */
    static Limit within(Duration window, int free) {
        return new Limit(free, window, free, window, window);
    }
}
