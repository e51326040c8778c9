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
    /** What a draft may wait for: facts about the customer, without which it is not issued. */
    static final String CUSTOMER = "customer";

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
    private BigDecimal creditedNet;
    private BigDecimal creditedTax;
    private String waitingFor;
    private Instant createdAt;
    private Instant issuedAt;
    private Instant dueAt;
    private Instant paidAt;
    private Instant voidedAt;

    protected Invoice() {}

    static Invoice draft(UUID tenantId, BilledPeriod period, List<TaxGroup> taxes, Instant now) {
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
        invoice.tax(taxes);
        invoice.paid = BigDecimal.ZERO;
        invoice.credited = BigDecimal.ZERO;
        invoice.creditedNet = BigDecimal.ZERO;
        invoice.creditedTax = BigDecimal.ZERO;
        invoice.waitingFor = period.customer().missing().isEmpty() ? null : CUSTOMER;
        invoice.createdAt = now;
        return invoice;
    }

    private void tax(List<TaxGroup> taxes) {
        tax = taxes.stream().map(TaxGroup::amount).map(Money::getAmount).reduce(BigDecimal.ZERO, BigDecimal::add);
        total = net.add(tax);
    }

    /** Refused for now: what it is about the customer that is not known. */
    void waitForCustomer() {
        waitingFor = CUSTOMER;
    }

    /** @param billed as the profile says it today, with the taxes that follow from it */
    void finalizeAt(
            Instant now,
            Duration dueAfter,
            Seller issuer,
            BilledPeriod.Customer billed,
            List<TaxGroup> taxes,
            String takenNumber) {
        customer = billed;
        tax(taxes);
        waitingFor = null;
        status = InvoiceStatus.FINALIZED.word();
        number = takenNumber;
        seller = issuer;
        issuedAt = now;
        dueAt = now.plus(dueAfter);
        settle(now);
    }

    void voidAt(Instant now) {
        if (paid.signum() > 0) {
            throw ProblemException.conflict(
                    "invoice-paid",
                    "Invoice '" + number + "' has payments of " + money(paid) + "; use a credit note instead.");
        }
        if (credited.signum() > 0) {
            throw ProblemException.conflict(
                    "invoice-credited",
                    "Invoice '" + number + "' has credit notes of " + money(credited) + "; credit the rest instead.");
        }
        // One over nothing is paid from the start, and no money moved.
        if (status() != InvoiceStatus.FINALIZED && status() != InvoiceStatus.PAID) {
            throw ProblemException.conflict(
                    "invoice-not-finalized", "Invoice '" + id + "' is " + status + ", only a finalized one is voided.");
        }
        status = InvoiceStatus.VOID.word();
        paidAt = null;
        voidedAt = now;
    }

    /** What is still owed: the total less payments and credit notes. */
    Money due() {
        return money(total.subtract(paid).subtract(credited).max(BigDecimal.ZERO));
    }

    void pay(Money amount, Instant now) {
        paid = paid.add(amount.getAmount());
        settle(now);
    }

    void credit(Money ofNet, Money ofTax, Instant now) {
        creditedNet = creditedNet.add(ofNet.getAmount());
        creditedTax = creditedTax.add(ofTax.getAmount());
        credited = creditedNet.add(creditedTax);
        settle(now);
    }

    /** Nothing due is settled: paid, unless credit notes alone have done it. A paid invoice stays paid. */
    private void settle(Instant now) {
        if (status() != InvoiceStatus.FINALIZED || due().isPositive()) {
            return;
        }
        if (paid.signum() > 0 || total.signum() == 0) {
            status = InvoiceStatus.PAID.word();
            paidAt = now;
        } else {
            status = InvoiceStatus.CREDITED.word();
        }
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    CurrencyUnit currency() {
        return CurrencyUnit.of(currency);
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
                voidedAt,
                waitingFor);
    }

    private Money money(BigDecimal amount) {
        return Money.of(CurrencyUnit.of(currency), amount.stripTrailingZeros());
    }
}
