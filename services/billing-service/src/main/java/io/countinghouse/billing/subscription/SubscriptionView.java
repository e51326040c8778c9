package io.countinghouse.billing.subscription;

import io.countinghouse.billing.plan.PricedPlan;
import java.time.Instant;
import java.util.UUID;

/**
 * A subscription as it stands now.
 *
 * @param status scheduled, active, canceled (ended by a cancellation) or ended (by the end it was made with)
 * @param currentPeriod null before the start and after the end
 * @param pendingChange null when no change of plan was announced
 * @param closedThrough up to when periods have been billed
 */
record SubscriptionView(
        UUID id,
        UUID tenantId,
        String status,
        String planCode,
        int planVersion,
        Instant startAt,
        Instant endAt,
        Instant canceledAt,
        PeriodView currentPeriod,
        ChangeView pendingChange,
        Instant closedThrough,
        Instant createdAt) {

    record PeriodView(Instant start, Instant end) {}

    record ChangeView(String planCode, int planVersion, Instant startsAt) {}

    static SubscriptionView of(
            Subscription subscription, Timeline timeline, PricedPlan plan, PricedPlan pending, Instant now) {
        return new SubscriptionView(
                subscription.id(),
                subscription.tenantId(),
                subscription.statusAt(now),
                plan.code(),
                plan.version(),
                subscription.startAt(),
                subscription.endAt(),
                subscription.canceledAt(),
                timeline.containing(now)
                        .map(period -> new PeriodView(period.start(), period.end()))
                        .orElse(null),
                pending == null
                        ? null
                        : new ChangeView(
                                pending.code(),
                                pending.version(),
                                timeline.pendingAt(now).orElseThrow().startsAt()),
                subscription.closedThrough(),
                subscription.createdAt());
    }
}
