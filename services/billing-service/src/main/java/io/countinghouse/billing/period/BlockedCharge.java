package io.countinghouse.billing.period;

import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A price of a billed period that had no amount: blocked, until a supplement bills it or the operator waives it. */
@Entity
@Table(name = "blocked_charge")
class BlockedCharge {
    static final String BLOCKED = "blocked";

    @Id
    private UUID id;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "period_id")
    private UUID periodId;

    @Column(name = "price_id")
    private UUID priceId;

    private int position;
    private String description;
    private String meter;
    private String reason;
    private String state;

    @Column(name = "blocked_at")
    private Instant blockedAt;

    @Column(name = "resolved_at")
    private Instant resolvedAt;

    @Column(name = "supplement_id")
    private UUID supplementId;

    @Column(name = "waived_for")
    private String waivedFor;

    protected BlockedCharge() {}

    static BlockedCharge of(BillingPeriod period, Bill.Blocked blocked, Instant now) {
        PricedPlan.Item item = blocked.item();
        BlockedCharge made = new BlockedCharge();
        made.id = Ids.next();
        made.tenantId = period.tenantId();
        made.periodId = period.id();
        made.priceId = item.priceId();
        made.position = item.position();
        made.description = item.name();
        made.meter = item.meter();
        made.reason = blocked.reason();
        made.state = BLOCKED;
        made.blockedAt = now;
        return made;
    }

    /** Tried again in vain. */
    void stillFor(String newReason) {
        reason = newReason;
    }

    void billedBy(UUID supplement, Instant now) {
        state = "billed";
        supplementId = supplement;
        resolvedAt = now;
    }

    void waive(String why, Instant now) {
        state = "waived";
        waivedFor = why;
        resolvedAt = now;
    }

    boolean isBlocked() {
        return state.equals(BLOCKED);
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    UUID priceId() {
        return priceId;
    }

    String reason() {
        return reason;
    }

    String description() {
        return description;
    }

    String meter() {
        return meter;
    }

    BlockedChargeView toView() {
        return new BlockedChargeView(
                id,
                tenantId,
                periodId,
                priceId,
                position,
                description,
                meter,
                reason,
                state,
                blockedAt,
                resolvedAt,
                supplementId,
                waivedFor);
    }
}
