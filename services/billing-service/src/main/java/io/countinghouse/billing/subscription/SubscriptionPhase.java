package io.countinghouse.billing.subscription;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "subscription_phase")
class SubscriptionPhase {
    @Id
    private UUID id;

    @Column(name = "subscription_id")
    private UUID subscriptionId;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "plan_version_id")
    private UUID planVersionId;

    @Column(name = "starts_at")
    private Instant startsAt;

    protected SubscriptionPhase() {}

    static SubscriptionPhase of(Subscription subscription, UUID planVersionId, Instant startsAt) {
        SubscriptionPhase phase = new SubscriptionPhase();
        phase.id = Ids.next();
        phase.subscriptionId = subscription.id();
        phase.tenantId = subscription.tenantId();
        phase.planVersionId = planVersionId;
        phase.startsAt = startsAt;
        return phase;
    }

    Timeline.Phase toPhase() {
        return new Timeline.Phase(startsAt, planVersionId);
    }

    UUID subscriptionId() {
        return subscriptionId;
    }
}
