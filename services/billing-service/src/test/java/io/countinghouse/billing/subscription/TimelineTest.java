package io.countinghouse.billing.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.billing.rating.BillingCalendar;
import io.countinghouse.billing.subscription.Timeline.Period;
import io.countinghouse.billing.subscription.Timeline.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final UUID BASIC = UUID.randomUUID();
    private static final UUID PRO = UUID.randomUUID();
    private static final Instant START = day("2026-01-31");

    @Test
    void wholeMonthsFollowTheAnchor() {
        // Given
        Timeline timeline = timeline(null, new Phase(START, BASIC));
        // When
        List<Period> periods = periods(timeline, 3);
        // Then
        assertThat(periods)
                .extracting(Period::end)
                .containsExactly(day("2026-02-28"), day("2026-03-31"), day("2026-04-30"));
        assertThat(periods).allMatch(period -> period.share().isWhole());
    }

    @Test
    void aChangeOfPlanDividesItsMonth() {
        // Given
        Timeline timeline = timeline(null, new Phase(START, BASIC), new Phase(day("2026-02-14"), PRO));
        // When
        List<Period> periods = periods(timeline, 3);
        // Then
        assertThat(periods).extracting(Period::planVersionId).containsExactly(BASIC, PRO, PRO);
        assertThat(periods)
                .extracting(Period::end)
                .containsExactly(day("2026-02-14"), day("2026-02-28"), day("2026-03-31"));
        assertThat(periods.get(0).share().fraction()).isEqualByComparingTo("0.5");
        assertThat(periods.get(1).share().fraction()).isEqualByComparingTo("0.5");
        assertThat(periods.get(2).share().isWhole()).isTrue();
    }

    @Test
    void aChangeAtTheBoundaryDividesNothing() {
        // Given
        Timeline timeline = timeline(null, new Phase(START, BASIC), new Phase(day("2026-02-28"), PRO));
        // When
        List<Period> periods = periods(timeline, 2);
        // Then
        assertThat(periods).extracting(Period::planVersionId).containsExactly(BASIC, PRO);
        assertThat(periods).allMatch(period -> period.share().isWhole());
    }

    @Test
    void nothingFollowsTheEnd() {
        // Given
        Timeline timeline = timeline(day("2026-03-10"), new Phase(START, BASIC));
        // When
        Optional<Period> after = timeline.startingAt(day("2026-03-10"));
        // Then
        assertThat(after).isEmpty();
        assertThat(timeline.startingAt(day("2026-02-28")).orElseThrow().end()).isEqualTo(day("2026-03-10"));
        assertThat(timeline.containing(day("2026-03-10"))).isEmpty();
        assertThat(timeline.containing(START.minusSeconds(1))).isEmpty();
    }

    @Test
    void aSubscriptionThatEndsWhereItStartsHasNoPeriod() {
        // Given
        Timeline timeline = timeline(START, new Phase(START, BASIC));
        // When
        Optional<Period> first = timeline.startingAt(START);
        // Then
        assertThat(first).isEmpty();
    }

    @Test
    void theRunningPeriodStartsWithItsPhase() {
        // Given
        Timeline timeline = timeline(null, new Phase(START, BASIC), new Phase(day("2026-02-14"), PRO));
        // When
        Period running = timeline.containing(day("2026-02-20")).orElseThrow();
        // Then
        assertThat(running.start()).isEqualTo(day("2026-02-14"));
        assertThat(running.planVersionId()).isEqualTo(PRO);
        assertThat(timeline.containing(day("2026-02-13")).orElseThrow().end()).isEqualTo(day("2026-02-14"));
    }

    @Test
    void anAnnouncedChangeIsPendingUntilItStarts() {
        // Given
        Timeline timeline = timeline(null, new Phase(START, BASIC), new Phase(day("2026-02-28"), PRO));
        // When
        Optional<Phase> pending = timeline.pendingAt(day("2026-02-01"));
        // Then
        assertThat(pending).map(Phase::planVersionId).contains(PRO);
        assertThat(timeline.pendingAt(day("2026-02-28"))).isEmpty();
    }

    @Test
    void theFirstPhaseStartsWithTheSubscription() {
        // When
        var refused = assertThatThrownBy(() -> timeline(null, new Phase(day("2026-02-01"), BASIC)));
        // Then
        refused.isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Period> periods(Timeline timeline, int count) {
        List<Period> periods = new ArrayList<>();
        Instant from = timeline.calendar().anchor();
        for (int i = 0; i < count; i++) {
            Period period = timeline.startingAt(from).orElseThrow();
            periods.add(period);
            from = period.end();
        }
        return periods;
    }

    private static Timeline timeline(Instant end, Phase... phases) {
        return new Timeline(new BillingCalendar(START, 1), end, List.of(phases));
    }

    private static Instant day(String date) {
        return Instant.parse(date + "T00:00:00Z");
    }
}
