package io.countinghouse.notification.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patiently messages are delivered. */
@ConfigMapping(prefix = "countinghouse.notification.delivery")
interface DeliveryConfig {

    /** Looks this often for what nobody told it of: a message that another process queued or left, and ended. */
    @WithDefault("2s")
    Duration pollInterval();

    /** Deliveries under way at once; each holds a connection to somewhere, and for a moment one to the database. */
    @WithDefault("32")
    int concurrency();

    /** For a whole attempt. Standard Webhooks proposes 15 to 30 s; SMTP servers that greylist answer within this too. */
    @WithDefault("20s")
    Duration timeout();

    /** Three timeouts: a message is claimed again only after its attempt is surely over and written down. */
    @WithDefault("60s")
    Duration lease();

    /** First wait after a failure: outlasts a restart. */
    @WithDefault("5s")
    Duration firstBackoff();

    /** Each wait is this many times the one before. */
    @WithDefault("4")
    int backoffFactor();

    /** Longest wait: a receiver that comes back after a day gets its messages within these hours. */
    @WithDefault("6h")
    Duration longestBackoff();

    /** A receiver that asks to be left alone ({@code Retry-After}) is, and for so long at most. */
    @WithDefault("24h")
    Duration longestRetryAfter();

    /** Part of a wait that is left to chance, so that what failed together does not return together. */
    @WithDefault("0.2")
    double jitter();

    /** With the waits above: some two days, a weekend's failure of a small receiver. */
    @WithDefault("14")
    int mostAttempts();

    /** The right side of each mail's Message-ID. */
    @WithDefault("countinghouse.io")
    String messageIdDomain();
}
