package io.countinghouse.notification.delivery;

import java.time.Duration;
import java.util.Optional;

/** How long to wait after a failed attempt: exponentially longer, up to a limit, with some of it left to chance. */
record Backoff(Duration first, int factor, Duration longest, double jitter, int mostAttempts) {

    Backoff {
        if (first.isNegative() || first.isZero() || factor < 1 || longest.compareTo(first) < 0 || mostAttempts < 1) {
            throw new IllegalArgumentException("no backoff goes from " + first + " by " + factor + " to " + longest
                    + " in " + mostAttempts + " attempts");
        }
        if (jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("jitter is a part of the wait, from 0 to 1, not " + jitter);
        }
    }

    /**
     * @param tries attempts made, at least 1
     * @param chance from 0 (inclusive) to 1 (exclusive)
     * @return empty when it is time to give up
     */
    Optional<Duration> after(int tries, double chance) {
        if (tries >= mostAttempts) {
            return Optional.empty();
        }
        double wait = Math.min(longest.toMillis(), first.toMillis() * Math.pow(factor, tries - 1.0));
        return Optional.of(Duration.ofMillis(Math.round(wait * (1 - jitter + 2 * jitter * chance))));
    }
}
