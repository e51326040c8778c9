package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.time.Ids;
import io.countinghouse.invoice.period.BilledPeriod;
import io.countinghouse.invoice.tax.TaxGroup;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

@Entity
@Table(name = "invoices")
class Invoice {
    @Id
    private UUID id;

    private UUID tenantId;
    private String status;
    private String number;
    private UUID periodId;
    private UUID subscriptionId;
    private String planCode;
    private String planName;
    private int planVersion;
    private Instant periodStart;
    private Instant periodEnd;
    private String usageCutoff;

    @JdbcTypeCode(SqlTypes.JSON)
    private BilledPeriod.Customer customer;

    @JdbcTypeCode(SqlTypes.JSON)
    private Seller seller;

    private String currency;
    private BigDecimal net;
    private BigDecimal tax;
    private BigDecimal total;
    private BigDecimal paid;
    private BigDecimal credited;
    private Instant createdAt;
    private Instant issuedAt;
    private Instant dueAt;
    private Instant paidAt;
    private Instant voidedAt;

    protected Invoice() {}

    static Invoice draft(UUID tenantId, BilledPeriod period, List<TaxGroup> taxes, Instant now) {
        Money tax = taxes.stream().map(TaxGroup::amount).reduce(Money.zero(currencyOf(period)), Money::plus);
        Invoice invoice = new Invoice();
        invoice.id = Ids.next();
        invoice.tenantId = tenantId;
        invoice.status = InvoiceStatus.DRAFT.word();
        invoice.periodId = period.periodId();
        invoice.subscriptionId = period.subscriptionId();
        invoice.planCode = period.planCode();
        invoice.planName = period.planName();
        invoice.planVersion = period.planVersion();
        invoice.periodStart = period.periodStart();
        invoice.periodEnd = period.periodEnd();
        invoice.usageCutoff = period.usageCutoff();
        invoice.customer = period.customer();
        invoice.currency = period.currency();
        invoice.net = period.net().getAmount();
        invoice.tax = tax.getAmount();
        invoice.total = period.net().plus(tax).getAmount();
        invoice.paid = BigDecimal.ZERO;
        invoice.credited = BigDecimal.ZERO;
        invoice.createdAt = now;
        return invoice;
    }

    private static CurrencyUnit currencyOf(BilledPeriod period) {
        return CurrencyUnit.of(period.currency());
    }

    void finalizeAt(Instant now, Duration dueAfter, Seller issuer, String takenNumber) {
        status = InvoiceStatus.FINALIZED.word();
        number = takenNumber;
        seller = issuer;
        issuedAt = now;
        dueAt = now.plus(dueAfter);
    }

    void voidAt(Instant now) {
        if (status() == InvoiceStatus.PAID || paid.signum() > 0) {
            throw ProblemException.conflict(
                    "invoice-paid",
                    "Invoice '" + number + "' has payments of " + money(paid) + "; use a credit note instead.");
        }
        if (status() != InvoiceStatus.FINALIZED) {
            throw ProblemException.conflict(
                    "invoice-not-finalized", "Invoice '" + id + "' is " + status + ", only a finalized one is voided.");
        }
        if (credited.signum() > 0) {
            throw ProblemException.conflict(
                    "invoice-credited",
                    "Invoice '" + number + "' has credit notes of " + money(credited) + "; credit the rest instead.");
        }
        status = InvoiceStatus.VOID.word();
        voidedAt = now;
    }

    /** What is still owed: the total less payments and credit notes. */
    Money due() {
        return money(total.subtract(paid).subtract(credited).max(BigDecimal.ZERO));
    }

    void pay(Money amount, Instant now) {
        paid = paid.add(amount.getAmount());
        if (due().isZero()) {
            status = InvoiceStatus.PAID.word();
            paidAt = now;
        }
    }

    void credit(Money amount) {
        credited = credited.add(amount.getAmount());
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    InvoiceStatus status() {
        return InvoiceStatus.of(status);
    }

    InvoiceView toView(List<InvoiceLine> lines, List<InvoiceTax> taxes) {
        CurrencyUnit unit = CurrencyUnit.of(currency);
        return new InvoiceView(
                id,
                tenantId,
                number,
                status(),
                periodId,
                subscriptionId,
                planCode,
                planName,
                planVersion,
                periodStart,
                periodEnd,
                usageCutoff,
                customer,
                seller,
                currency,
                lines.stream().map(line -> line.toView(unit)).toList(),
                taxes.stream().map(group -> group.toView(unit)).toList(),
                money(net),
                money(tax),
                money(total),
                money(paid),
                money(credited),
                status() == InvoiceStatus.VOID ? Money.zero(unit) : due(),
                createdAt,
                issuedAt,
                dueAt,
                paidAt,
                voidedAt);
    }

    private Money money(BigDecimal amount) {
        return Money.of(CurrencyUnit.of(currency), amount.stripTrailingZeros());
    }
}
