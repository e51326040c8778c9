package io.countinghouse.defaults.time;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/** The one place that asks the machine for the time. Tests put a clock of their own in its stead. */
class Time {

    /** Microseconds, because PostgreSQL keeps no more: what is written must equal what is read back. */
    private static final Duration RESOLUTION = Duration.ofNanos(1_000);

    @Produces
    @DefaultBean
    @ApplicationScoped
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), RESOLUTION);
    }
}
