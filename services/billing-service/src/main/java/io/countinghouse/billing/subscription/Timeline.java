package io.countinghouse.billing.subscription;

import io.countinghouse.billing.rating.BillingCalendar;
import io.countinghouse.billing.rating.BillingCalendar.Interval;
import io.countinghouse.billing.rating.Proration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The periods of a subscription, as a pure function of its facts. A period is a whole interval of the calendar, cut
 * where the plan changes and where the subscription ends; a cut period knows the interval it is a part of.
 *
 * @param endAt null while the subscription runs
 * @param phases at least one, the first of which starts with the subscription
 */
public record Timeline(BillingCalendar calendar, Instant endAt, List<Phase> phases) {
    public Timeline {
        phases = phases.stream().sorted(Comparator.comparing(Phase::startsAt)).toList();
        if (phases.isEmpty() || !phases.getFirst().startsAt().equals(calendar.anchor())) {
            throw new IllegalArgumentException("the first phase must start at " + calendar.anchor());
        }
    }

    /** From when on a plan version applies. */
    public record Phase(Instant startsAt, UUID planVersionId) {}

    /** One period: what it covers, the whole interval around it, and the plan version that prices it. */
    public record Period(Instant start, Instant end, Interval whole, UUID planVersionId) {
        public long seconds() {
            return Duration.between(start, end).toSeconds();
        }

        public Proration share() {
            return Proration.of(start, end, whole.start(), whole.end());
        }
    }

    /**
     * The period that starts at {@code instant}, which is the subscription's start or the end of a period before;
     * empty when the subscription has ended by then.
     */
    public Optional<Period> startingAt(Instant instant) {
        if (endAt != null && !instant.isBefore(endAt)) {
            return Optional.empty();
        }
        Interval whole = calendar.containing(instant);
        Instant end = whole.end();
        for (Phase phase : phases) {
            if (phase.startsAt().isAfter(instant) && phase.startsAt().isBefore(end)) {
                end = phase.startsAt();
            }
        }
        if (endAt != null && endAt.isBefore(end)) {
            end = endAt;
        }
        return Optional.of(new Period(instant, end, whole, phaseAt(instant).planVersionId()));
    }

    /** All parts of the interval that a period is a part of, as far as is known now; only the period when it is whole. */
    public List<Period> partsAround(Period period) {
        List<Period> parts = new ArrayList<>();
        Optional<Period> next = startingAt(period.whole().start());
        while (next.filter(part -> part.start().isBefore(period.whole().end())).isPresent()) {
            parts.add(next.get());
            next = startingAt(next.get().end());
        }
        return parts;
    }

    /** The phase that applies at an instant not before the start. */
    public Phase phaseAt(Instant instant) {
        return phases.stream()
                .filter(phase -> !phase.startsAt().isAfter(instant))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException(instant + " lies before the subscription"));
    }

    /** The change that was announced for later; empty when there is none. */
    public Optional<Phase> pendingAt(Instant now) {
        return phases.stream()
                .filter(phase ->
                        phase.startsAt().isAfter(now) && !phase.startsAt().equals(calendar.anchor()))
                .findFirst();
    }

    /** The period in which an instant lies, on its own phase; empty before the start and after the end. */
    public Optional<Period> containing(Instant instant) {
        if (instant.isBefore(calendar.anchor())) {
            return Optional.empty();
        }
        Instant start = calendar.containing(instant).start();
        for (Phase phase : phases) {
            if (phase.startsAt().isAfter(start) && !phase.startsAt().isAfter(instant)) {
                start = phase.startsAt();
            }
        }
        Optional<Period> period = startingAt(start);
        return period.filter(found -> instant.isBefore(found.end()));
    }
}
