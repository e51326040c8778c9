package io.countinghouse.billing.plan;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;

/** A tenant that a plan is for. */
@Entity
@IdClass(PlanTenant.Key.class)
@Table(name = "plan_tenant")
class PlanTenant {
    @Id
    @Column(name = "plan_id")
    private UUID planId;

    @Id
    @Column(name = "tenant_id")
    private UUID tenantId;

    protected PlanTenant() {}

    static PlanTenant of(UUID planId, UUID tenantId) {
        PlanTenant made = new PlanTenant();
        made.planId = planId;
        made.tenantId = tenantId;
        return made;
    }

    UUID planId() {
        return planId;
    }

    UUID tenantId() {
        return tenantId;
    }

    record Key(UUID planId, UUID tenantId) implements Serializable {}
}
