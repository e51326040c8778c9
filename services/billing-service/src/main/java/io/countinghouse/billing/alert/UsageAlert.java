package io.countinghouse.billing.alert;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "usage_alert")
class UsageAlert {
    @Id
    private UUID id;

    @Column(name = "tenant_id")
    private UUID tenantId;

    private String name;
    private String meter;
    private BigDecimal threshold;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "last_fired_at")
    private Instant lastFiredAt;

    @Column(name = "deleted_at")
    private Instant deletedAt;

    protected UsageAlert() {}

    static UsageAlert create(UUID tenantId, CreateAlertRequest request, Instant now) {
        UsageAlert alert = new UsageAlert();
        alert.id = Ids.next();
        alert.tenantId = tenantId;
        alert.name = request.name();
        alert.meter = request.meter();
        alert.threshold = new BigDecimal(request.threshold());
        alert.createdAt = now;
        return alert;
    }

    /** Whether a period that ends then is of interest: it was running when the alert was made, or began later. */
    boolean watches(Instant periodEnd) {
        return periodEnd.isAfter(createdAt);
    }

    boolean isPassedBy(BigDecimal value) {
        return value.compareTo(threshold) >= 0;
    }

    void firedAt(Instant now) {
        lastFiredAt = now;
    }

    void deleteAt(Instant now) {
        deletedAt = now;
    }

    boolean isDeleted() {
        return deletedAt != null;
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    String name() {
        return name;
    }

    String meter() {
        return meter;
    }

    BigDecimal threshold() {
        return threshold;
    }

    AlertView toView() {
        return new AlertView(
                id, tenantId, name, meter, threshold.stripTrailingZeros().toPlainString(), createdAt, lastFiredAt);
    }
}
