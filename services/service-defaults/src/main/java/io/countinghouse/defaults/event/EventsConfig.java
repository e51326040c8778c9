package io.countinghouse.defaults.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where events go, and how patiently. */
@ConfigMapping(prefix = "countinghouse.events")
interface EventsConfig {

    /** Receivers by event type; a type without an entry is not sent anywhere. */
    Map<String, List<String>> routes();

    /** Looks this often for events that another process left behind; its own are delivered when they are committed. */
    @WithDefault("2s")
    Duration pollInterval();

    /** From one batch to the next, at least: what is committed meanwhile goes together. A full one is followed at once. */
    @WithDefault("100ms")
    Duration batchInterval();

    /** Events claimed at once: enough to keep the receivers busy, few enough to finish within the lease. */
    @WithDefault("100")
    int batchSize();

    /** Requests under way at once; receivers answer in milliseconds, and each holds one of their connections. */
    @WithDefault("8")
    int concurrency();

    /** A claimed event is tried again after this long when its sender died: longer than a request may take. */
    @WithDefault("10s")
    Duration lease();

    /** First wait after a failure; doubles each time. */
    @WithDefault("250ms")
    Duration firstBackoff();

    /** Longest wait: a receiver that comes back is served within this time. */
    @WithDefault("5s")
    Duration longestBackoff();

    /** Attempts after which an event that the receiver refuses (4xx) is a dead letter. */
    @WithDefault("5")
    int attemptsWhenRefused();

    /** Attempts after which an event on which the receiver fails (5xx) is a dead letter: some ten minutes. */
    @WithDefault("120")
    int attemptsWhenFailing();

    /** Delivered events are kept this long for those who ask what was sent. */
    @WithDefault("7d")
    Duration keepDelivered();
}
