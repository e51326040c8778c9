package io.countinghouse.billing.period;

import io.countinghouse.billing.input.IsoCountry;
import io.countinghouse.billing.profile.Customer;
import io.countinghouse.billing.tax.AppliedTax;
import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

@Entity
@Immutable
@Table(name = "billing_period")
class BillingPeriod {
    @Id
    private UUID id;

    @Column(name = "subscription_id")
    private UUID subscriptionId;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "plan_version_id")
    private UUID planVersionId;

    @Column(name = "plan_code")
    private String planCode;

    @Column(name = "plan_name")
    private String planName;

    @Column(name = "plan_version")
    private int planVersion;

    @Column(name = "period_start")
    private Instant periodStart;

    @Column(name = "period_end")
    private Instant periodEnd;

    @Column(name = "supplement_of")
    private UUID supplementOf;

    @Column(name = "usage_cutoff")
    private String usageCutoff;

    private String currency;
    private BigDecimal net;

    @JdbcTypeCode(SqlTypes.JSON)
    private Customer customer;

    @JdbcTypeCode(SqlTypes.JSON)
    private AppliedTax tax;

    @Column(name = "closed_at")
    private Instant closedAt;

    protected BillingPeriod() {}

    static BillingPeriod close(Bill bill, Instant now) {
        BillingPeriod period = new BillingPeriod();
        period.id = Ids.next();
        period.subscriptionId = bill.subscription().id();
        period.tenantId = bill.tenantId();
        period.planVersionId = bill.plan().versionId();
        period.planCode = bill.plan().code();
        period.planName = bill.plan().name();
        period.planVersion = bill.plan().version();
        period.periodStart = bill.span().start();
        period.periodEnd = bill.span().end();
        period.supplementOf = bill.supplementOf();
        period.usageCutoff = bill.cutoff();
        period.currency = bill.plan().currency().getCode();
        period.net = bill.net().getAmount();
        period.customer = bill.party().customer();
        period.tax = bill.party().tax();
        period.closedAt = now;
        return period;
    }

    UUID id() {
        return id;
    }

    UUID subscriptionId() {
        return subscriptionId;
    }

    UUID tenantId() {
        return tenantId;
    }

    UUID planVersionId() {
        return planVersionId;
    }

    Instant periodStart() {
        return periodStart;
    }

    Instant periodEnd() {
        return periodEnd;
    }

    String currency() {
        return currency;
    }

    PeriodDocument toDocument(List<BillingLine> lines) {
        CurrencyUnit unit = CurrencyUnit.of(currency);
        return new PeriodDocument(
                id,
                subscriptionId,
                tenantId,
                planCode,
                planName,
                planVersion,
                currency,
                periodStart,
                periodEnd,
                supplementOf,
                usageCutoff,
                customer,
                tax,
                tax == null && !IsoCountry.Validator.knows(customer.country()),
                lines.stream().map(line -> line.toDocument(unit)).toList(),
                Money.of(unit, net.stripTrailingZeros()));
    }
}
