package io.countinghouse.billing.subscription;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "subscription")
class Subscription {
    @Id
    private UUID id;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "interval_months")
    private int intervalMonths;

    @Column(name = "start_at")
    private Instant startAt;

    @Column(name = "end_at")
    private Instant endAt;

    /** The end that it was made with; a cancellation that is taken back returns to it. */
    @Column(name = "made_until")
    private Instant madeUntil;

    @Column(name = "canceled_at")
    private Instant canceledAt;

    @Column(name = "closed_through")
    private Instant closedThrough;

    /** When the next period can be closed; null when all are. Kept so that what is due is found by an index. */
    @Column(name = "next_period_end")
    private Instant nextPeriodEnd;

    /** Counts changes, so that a bill made of what was read earlier is not stored after a change. */
    private int revision;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Subscription() {}

    static Subscription create(UUID tenantId, int intervalMonths, Instant startAt, Instant endAt, Instant now) {
        Subscription made = new Subscription();
        made.id = Ids.next();
        made.tenantId = tenantId;
        made.intervalMonths = intervalMonths;
        made.startAt = startAt;
        made.endAt = endAt;
        made.madeUntil = endAt;
        made.closedThrough = startAt;
        made.revision = 1;
        made.createdAt = now;
        return made;
    }

    void cancelAt(Instant end, Instant now) {
        endAt = end;
        canceledAt = now;
    }

    /** Takes an announced cancellation back. */
    void resume() {
        endAt = madeUntil;
        canceledAt = null;
    }

    /** Whether it was cancelled and still runs. */
    boolean endsByCancellation() {
        return canceledAt != null;
    }

    Instant madeUntil() {
        return madeUntil;
    }

    void closedThrough(Instant periodEnd) {
        closedThrough = periodEnd;
    }

    /** To be called after each change, with the timeline that follows from it. */
    void follow(Timeline timeline) {
        nextPeriodEnd =
                timeline.startingAt(closedThrough).map(Timeline.Period::end).orElse(null);
        revision++;
    }

    /** Nothing can be changed any more: it has ended, or was cancelled before it began. */
    boolean isOverAt(Instant now) {
        return endedBy(now) || canceledAt != null && !endAt.isAfter(startAt);
    }

    boolean endedBy(Instant instant) {
        return endAt != null && !instant.isBefore(endAt);
    }

    String statusAt(Instant now) {
        if (isOverAt(now)) {
            return canceledAt == null ? "ended" : "canceled";
        }
        return now.isBefore(startAt) ? "scheduled" : "active";
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    int intervalMonths() {
        return intervalMonths;
    }

    Instant startAt() {
        return startAt;
    }

    Instant endAt() {
        return endAt;
    }

    Instant canceledAt() {
        return canceledAt;
    }

    Instant closedThrough() {
        return closedThrough;
    }

    int revision() {
        return revision;
    }

    Instant createdAt() {
        return createdAt;
    }
}
