package io.countinghouse.billing.plan;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "plan_version")
class PlanVersion {
    @Id
    private UUID id;

    @Column(name = "plan_id")
    private UUID planId;

    private int version;

    @Column(name = "created_at")
    private Instant createdAt;

    protected PlanVersion() {}

    static PlanVersion of(Plan plan, int version, Instant now) {
        PlanVersion made = new PlanVersion();
        made.id = Ids.next();
        made.planId = plan.id();
        made.version = version;
        made.createdAt = now;
        return made;
    }

    UUID id() {
        return id;
    }

    UUID planId() {
        return planId;
    }

    int version() {
        return version;
    }

    Instant createdAt() {
        return createdAt;
    }
}
