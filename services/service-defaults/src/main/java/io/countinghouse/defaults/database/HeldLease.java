package io.countinghouse.defaults.database;

import io.countinghouse.defaults.vault.Vault;
import java.time.Duration;
import java.time.Instant;

/**
 * A lease and its times, by this machine's clock. {@code extendedAt} is when the present duration began to count.
 *
 * @param full how long the lease was when it was new
 */
record HeldLease(Vault.Lease lease, Instant createdAt, Instant extendedAt, Duration full) {

    static HeldLease startedAt(Instant now, Vault.Lease lease) {
        return new HeldLease(lease, now, now, lease.duration());
    }

    HeldLease renewedAt(Instant now, Vault.Lease renewed) {
        return new HeldLease(renewed, createdAt, now, full);
    }

    Instant expiresAt() {
        return extendedAt.plus(lease.duration());
    }

    boolean isValidAt(Instant now) {
        return now.isBefore(expiresAt());
    }

    boolean isHalfOverAt(Instant now) {
        return !now.isBefore(extendedAt.plus(full.dividedBy(2)));
    }

    /** Vault gave less than was there at first: the lease nears the longest time it may have. */
    boolean isShort() {
        return lease.duration().plusSeconds(1).compareTo(full) < 0;
    }

    double secondsLeftAt(Instant now) {
        return Math.max(0, Duration.between(now, expiresAt()).toMillis()) / 1000.0;
    }
}
