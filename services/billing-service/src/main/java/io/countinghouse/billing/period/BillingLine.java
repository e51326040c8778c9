package io.countinghouse.billing.period;

import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.rating.Charge;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

@Entity
@Immutable
@IdClass(BillingLine.Key.class)
@Table(name = "billing_line")
class BillingLine {
    @Id
    @Column(name = "period_id")
    private UUID periodId;

    @Id
    private int position;

    @Column(name = "base_period_id")
    private UUID basePeriodId;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "price_id")
    private UUID priceId;

    @Column(name = "price_version")
    private int priceVersion;

    private String description;
    private String model;
    private String meter;
    private BigDecimal quantity;
    private BigDecimal amount;
    private String currency;

    @JdbcTypeCode(SqlTypes.JSON)
    private Breakdown breakdown;

    protected BillingLine() {}

    static BillingLine of(BillingPeriod period, Bill bill, Bill.Charged charged) {
        PricedPlan.Item item = charged.item();
        Charge charge = charged.charge();
        BillingLine line = new BillingLine();
        line.periodId = period.id();
        line.basePeriodId = bill.supplementOf();
        line.position = item.position();
        line.tenantId = period.tenantId();
        line.priceId = item.priceId();
        line.priceVersion = bill.plan().version();
        line.description = item.name();
        line.model = item.modelName();
        line.meter = item.meter();
        line.quantity = charge.quantity();
        line.amount = charge.amount().getAmount();
        line.currency = period.currency();
        line.breakdown = new Breakdown(
                charge.breakdown().stream().map(PeriodDocument.Part::of).toList());
        return line;
    }

    UUID periodId() {
        return periodId;
    }

    PeriodDocument.Line toDocument(CurrencyUnit unit) {
        return new PeriodDocument.Line(
                position,
                priceId,
                priceVersion,
                description,
                model,
                meter,
                PeriodDocument.plain(quantity),
                Money.of(unit, amount.stripTrailingZeros()),
                breakdown.parts());
    }

    /** An object around the list: the reactive driver takes no array at the top of a JSON column. */
    @RegisterForReflection
    record Breakdown(List<PeriodDocument.Part> parts) {}

    record Key(UUID periodId, int position) implements Serializable {}
}
