package io.countinghouse.invoice.creditnote;

import io.countinghouse.defaults.time.Ids;
import io.countinghouse.invoice.invoice.InvoiceView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

@Entity
@Immutable
@Table(name = "credit_note")
class CreditNote {
    @Id
    private UUID id;

    private UUID tenantId;
    private UUID invoiceId;
    private String number;
    private String reason;

    @JdbcTypeCode(SqlTypes.JSON)
    private StoredLines lines;

    @JdbcTypeCode(SqlTypes.JSON)
    private StoredTaxes taxes;

    private String currency;
    private BigDecimal net;
    private BigDecimal tax;
    private BigDecimal total;
    private Instant issuedAt;

    protected CreditNote() {}

    /** An object around the list: the reactive driver takes no array at the top of a JSON column. */
    @RegisterForReflection
    record StoredLines(List<StoredLine> lines) {}

    /** Amounts as text: whatever writes the column's JSON, it knows strings. */
    @RegisterForReflection
    record StoredLine(int position, String description, String amount) {}

    @RegisterForReflection
    record StoredTaxes(List<StoredTax> groups) {}

    /** What the note takes of one tax rate, in the order of the invoice; {@code code} is null where no tax applies. */
    @RegisterForReflection
    record StoredTax(int position, String code, String rate, String net, String tax) {}

    static CreditNote issue(InvoiceView invoice, Credit credit, String reason, String number, Instant now) {
        CreditNote note = new CreditNote();
        note.id = Ids.next();
        note.tenantId = invoice.tenantId();
        note.invoiceId = invoice.id();
        note.number = number;
        note.reason = reason;
        note.lines = new StoredLines(credit.lines().stream()
                .map(line -> new StoredLine(
                        line.position(),
                        line.description(),
                        line.amount().getAmount().toPlainString()))
                .toList());
        note.taxes = new StoredTaxes(IntStream.range(0, credit.shares().size())
                .mapToObj(i -> stored(i, invoice.taxes().get(i), credit.shares().get(i)))
                .toList());
        note.currency = invoice.currency();
        note.net = credit.net().getAmount();
        note.tax = credit.tax().getAmount();
        note.total = credit.total().getAmount();
        note.issuedAt = now;
        return note;
    }

    private static StoredTax stored(int index, InvoiceView.TaxLine rate, CreditableGroup.Share share) {
        return new StoredTax(
                index + 1,
                rate.code(),
                rate.ratePercent(),
                share.net().getAmount().toPlainString(),
                share.tax().getAmount().toPlainString());
    }

    Credit toCredit() {
        return new Credit(
                lines.lines().stream()
                        .map(line -> new CreditLine(
                                line.position(), line.description(), money(new BigDecimal(line.amount()))))
                        .toList(),
                taxes.groups().stream()
                        .map(group -> new CreditableGroup.Share(
                                money(new BigDecimal(group.net())), money(new BigDecimal(group.tax()))))
                        .toList());
    }

    UUID id() {
        return id;
    }

    CreditNoteView toView() {
        Credit credit = toCredit();
        return new CreditNoteView(
                id,
                tenantId,
                invoiceId,
                number,
                reason,
                credit.lines(),
                taxes.groups().stream()
                        .map(group -> new InvoiceView.TaxLine(
                                group.code(),
                                group.rate(),
                                money(new BigDecimal(group.net())),
                                money(new BigDecimal(group.tax()))))
                        .toList(),
                credit.net(),
                credit.tax(),
                money(total),
                issuedAt);
    }

    private Money money(BigDecimal amount) {
        return Money.of(CurrencyUnit.of(currency), amount.stripTrailingZeros());
    }
}
