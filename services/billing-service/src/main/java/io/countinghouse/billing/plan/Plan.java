package io.countinghouse.billing.plan;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "subscription_plan")
class Plan {
    @Id
    private UUID id;

    private String code;
    private String name;
    private String currency;

    @Column(name = "interval_name")
    private String interval;

    private String audience;

    @Column(name = "latest_version")
    private int latestVersion;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Plan() {}

    static Plan create(CreatePlanRequest request, Instant now) {
        Plan plan = new Plan();
        plan.id = Ids.next();
        plan.code = request.code();
        plan.name = request.name();
        plan.currency = request.currency();
        plan.interval = request.interval();
        plan.audience = request.toAudience().name();
        plan.latestVersion = 1;
        plan.createdAt = now;
        return plan;
    }

    int nextVersion() {
        latestVersion++;
        return latestVersion;
    }

    void address(Audience to) {
        audience = to.name();
    }

    String audience() {
        return audience;
    }

    boolean isArchived() {
        return Audience.ARCHIVED.equals(audience);
    }

    boolean isPublic() {
        return Audience.PUBLIC.equals(audience);
    }

    UUID id() {
        return id;
    }

    String code() {
        return code;
    }

    String name() {
        return name;
    }

    String currency() {
        return currency;
    }

    String interval() {
        return interval;
    }

    int latestVersion() {
        return latestVersion;
    }

    Instant createdAt() {
        return createdAt;
    }
}
