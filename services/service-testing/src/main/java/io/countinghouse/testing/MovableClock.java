package io.countinghouse.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The machine's clock, until a test moves or stops it. A service's tests make it the application's clock by a bean of
 * their own: {@code @ApplicationScoped class TestClock extends MovableClock {}}.
 */
public class MovableClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;
    private volatile Instant stopped;

    /** From now on time passes only when the test says so, however slow the machine is. */
    public void stop() {
        stopped = Instant.now();
    }

    public void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    public void moveTo(Instant instant) {
        ahead = Duration.between(Instant.now(), instant);
    }

    public void reset() {
        ahead = Duration.ZERO;
        stopped = null;
    }

    @Override
    public Instant instant() {
        Instant now = stopped == null ? Instant.now() : stopped;
        return now.plus(ahead).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the time is UTC");
    }
}
