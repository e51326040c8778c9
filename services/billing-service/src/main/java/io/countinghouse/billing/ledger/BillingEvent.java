package io.countinghouse.billing.ledger;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

@Entity
@Immutable
@Table(name = "billing_event")
class BillingEvent {
    @Id
    private UUID id;

    @Column(name = "tenant_id")
    private UUID tenantId;

    private long sequence;
    private String type;

    @Column(name = "subscription_id")
    private UUID subscriptionId;

    @Column(name = "period_id")
    private UUID periodId;

    private BigDecimal amount;
    private String currency;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> details;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    protected BillingEvent() {}

    static BillingEvent of(UUID tenantId, long sequence, LedgerEntry entry, Instant now) {
        BillingEvent event = new BillingEvent();
        event.id = Ids.next();
        event.tenantId = tenantId;
        event.sequence = sequence;
        event.type = entry.type();
        event.subscriptionId = entry.subscriptionId();
        event.periodId = entry.periodId();
        event.details = entry.details();
        event.occurredAt = now;
        if (entry.amount() != null) {
            event.amount = entry.amount().getAmount();
            event.currency = entry.amount().getCurrencyUnit().getCode();
        }
        return event;
    }

    long sequence() {
        return sequence;
    }

    BillingEventView toView() {
        Money money = amount == null ? null : Money.of(CurrencyUnit.of(currency), amount.stripTrailingZeros());
        return new BillingEventView(id, tenantId, sequence, type, subscriptionId, periodId, money, details, occurredAt);
    }
}
