package io.countinghouse.operations.readiness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What is too old, or too slow.
 *
 * @param healthMillis what the 99th percentile of /health must stay below
 * @param backup age of the latest backup
 * @param drill age of the latest drill, of a rollback or of a restore
 * @param secret age of a secret
 */
record Limits(long healthMillis, Duration backup, Duration drill, Duration secret, Clock clock) {

    boolean isPast(Duration limit, Instant since) {
        return since.plus(limit).isBefore(clock.instant());
    }

    String ago(Instant since) {
        Duration age = Duration.between(since, clock.instant());
        if (age.isNegative()) {
            return "now";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min ago";
        }
        return age.toDays() < 2 ? age.toHours() + " h ago" : String.format(Locale.ROOT, "%,d days ago", age.toDays());
    }
}
