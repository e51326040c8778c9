package io.countinghouse.billing.plan;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

@Entity
@Table(name = "plan_price")
class PlanPrice {
    @Id
    private UUID id;

    @Column(name = "plan_version_id")
    private UUID planVersionId;

    private int position;
    private String name;
    private String meter;
    private String model;

    @JdbcTypeCode(SqlTypes.JSON)
    private PriceSpec rules;

    protected PlanPrice() {}

    static PlanPrice of(PlanVersion version, int position, PriceSpec spec) {
        PlanPrice price = new PlanPrice();
        price.id = Ids.next();
        price.planVersionId = version.id();
        price.position = position;
        price.name = spec.name();
        price.meter = spec.meter();
        price.model = spec.model();
        price.rules = spec;
        return price;
    }

    UUID id() {
        return id;
    }

    UUID planVersionId() {
        return planVersionId;
    }

    int position() {
        return position;
    }

    PriceSpec spec() {
        return rules;
    }
}
