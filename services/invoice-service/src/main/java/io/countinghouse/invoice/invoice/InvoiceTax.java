package io.countinghouse.invoice.invoice;

import io.countinghouse.invoice.tax.TaxGroup;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

@Entity
@Immutable
@IdClass(InvoiceTax.Key.class)
@Table(name = "invoice_tax")
class InvoiceTax {
    @Id
    private UUID invoiceId;

    @Id
    private int position;

    private UUID tenantId;
    private String code;
    private BigDecimal ratePercent;
    private BigDecimal taxable;
    private BigDecimal amount;

    protected InvoiceTax() {}

    static InvoiceTax of(Invoice invoice, int position, TaxGroup group) {
        InvoiceTax tax = new InvoiceTax();
        tax.invoiceId = invoice.id();
        tax.position = position;
        tax.tenantId = invoice.tenantId();
        tax.code = group.code();
        tax.ratePercent = group.ratePercent();
        tax.taxable = group.taxable().getAmount();
        tax.amount = group.amount().getAmount();
        return tax;
    }

    UUID invoiceId() {
        return invoiceId;
    }

    InvoiceView.TaxLine toView(CurrencyUnit currency) {
        return new InvoiceView.TaxLine(
                code,
                ratePercent.stripTrailingZeros().toPlainString(),
                Money.of(currency, taxable.stripTrailingZeros()),
                Money.of(currency, amount.stripTrailingZeros()));
    }

    record Key(UUID invoiceId, int position) implements Serializable {}
}
