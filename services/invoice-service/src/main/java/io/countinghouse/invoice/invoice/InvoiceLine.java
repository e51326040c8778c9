package io.countinghouse.invoice.invoice;

import io.countinghouse.invoice.period.BilledPeriod;
import io.quarkus.runtime.annotations.RegisterForReflection;
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
@IdClass(InvoiceLine.Key.class)
@Table(name = "invoice_line")
class InvoiceLine {
    @Id
    private UUID invoiceId;

    @Id
    private int position;

    private UUID tenantId;
    private String description;
    private UUID priceId;
    private int priceVersion;
    private String model;
    private String meter;
    private BigDecimal quantity;
    private BigDecimal amount;

    @JdbcTypeCode(SqlTypes.JSON)
    private Breakdown breakdown;

    protected InvoiceLine() {}

    static InvoiceLine of(Invoice invoice, BilledPeriod.Line billed) {
        InvoiceLine line = new InvoiceLine();
        line.invoiceId = invoice.id();
        line.position = billed.position();
        line.tenantId = invoice.tenantId();
        line.description = billed.description();
        line.priceId = billed.priceId();
        line.priceVersion = billed.priceVersion();
        line.model = billed.model();
        line.meter = billed.meter();
        line.quantity = new BigDecimal(billed.quantity());
        line.amount = billed.amount().getAmount();
        line.breakdown = new Breakdown(billed.breakdown());
        return line;
    }

    UUID invoiceId() {
        return invoiceId;
    }

    InvoiceView.Line toView(CurrencyUnit currency) {
        return new InvoiceView.Line(
                position,
                description,
                priceId,
                priceVersion,
                model,
                meter,
                quantity.stripTrailingZeros().toPlainString(),
                Money.of(currency, amount.stripTrailingZeros()),
                breakdown.parts());
    }

    /** An object around the list: the reactive driver takes no array at the top of a JSON column. */
    @RegisterForReflection
    record Breakdown(List<BilledPeriod.Part> parts) {}

    record Key(UUID invoiceId, int position) implements Serializable {}
}
