package io.countinghouse.billing.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A subscription as billing of periods, alerts and previews need it.
 *
 * @param revision of the facts that {@code timeline} was made of
 */
public record BillableSubscription(UUID id, UUID tenantId, Instant closedThrough, int revision, Timeline timeline) {

    /** The first period that was not billed yet; empty when all were. */
    public Optional<Timeline.Period> nextPeriod() {
        return timeline.startingAt(closedThrough);
    }

    /** The running period, or the first unbilled one of a subscription that has ended. */
    public Optional<Timeline.Period> openPeriod(Instant now) {
        return timeline.containing(now).or(this::nextPeriod);
    }

    /** What is not billed yet and has begun, oldest first: the running period and those that ended before it. */
    public List<Timeline.Period> unbilledPeriods(Instant now) {
        return Stream.iterate(
                        nextPeriod(),
                        next -> next.filter(period -> !period.start().isAfter(now))
                                .isPresent(),
                        next -> next.flatMap(period -> timeline.startingAt(period.end())))
                .flatMap(Optional::stream)
                .toList();
    }
}
