package io.countinghouse.invoice.document;

import io.countinghouse.invoice.invoice.InvoiceStatus;
import io.countinghouse.invoice.invoice.InvoiceView;
import io.countinghouse.invoice.invoice.Seller;
import io.countinghouse.invoice.period.BilledPeriod;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.text.Bidi;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.joda.money.Money;

/** What stands on the printed page, as text: the template only places it. */
@RegisterForReflection
record InvoicePage(
        String heading,
        String number,
        String issued,
        String due,
        String period,
        Seller seller,
        String sellerCountry,
        BilledPeriod.Customer customer,
        String customerCountry,
        String plan,
        List<Row> rows,
        List<Tax> taxes,
        String net,
        String total,
        String paid,
        String credited,
        String owed,
        String terms) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** A line and, below it, how its amount came about. */
    record Row(int position, String description, String detail, String quantity, String amount, List<String> parts) {}

    record Tax(String label, String amount) {}

    @CheckedTemplate(basePath = "document")
    static class Templates {
        static native TemplateInstance invoice(InvoicePage page);

        private Templates() {}
    }

    /** Which side a text is read from: that of its first letter. Each stands in a block of its own, so that it decides alone. */
    @TemplateExtension
    static String side(String text) {
        return new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight() ? "ltr" : "rtl";
    }

    TemplateInstance toTemplate() {
        return Templates.invoice(this);
    }

    /** @param seller from the invoice, or the configured one while it is a draft */
    static InvoicePage of(InvoiceView invoice, Seller seller) {
        boolean draft = invoice.status() == InvoiceStatus.DRAFT;
        return new InvoicePage(
                switch (invoice.status()) {
                    case DRAFT -> "Draft invoice";
                    case VOID -> "Invoice (void)";
                    case FINALIZED, PAID, CREDITED -> "Invoice";
                },
                draft ? "not issued yet" : invoice.number(),
                draft ? "not issued yet" : DAY.format(invoice.issuedAt()),
                draft ? "not issued yet" : DAY.format(invoice.dueAt()),
                DAY.format(invoice.firstDay()) + " to " + DAY.format(invoice.lastDay()),
                seller,
                country(seller.country()),
                invoice.customer(),
                country(invoice.customer().country()),
                invoice.planName(),
                invoice.lines().stream().map(InvoicePage::row).toList(),
                invoice.taxes().stream().map(InvoicePage::tax).toList(),
                money(invoice.net()),
                money(invoice.total()),
                invoice.paid().isZero() ? null : money(invoice.paid()),
                invoice.credited().isZero() ? null : money(invoice.credited()),
                money(invoice.due()),
                terms(invoice));
    }

    /** By its name; as it was written where no country has it. */
    private static String country(String code) {
        return code == null ? null : Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
    }

    private static String terms(InvoiceView invoice) {
        return switch (invoice.status()) {
            case DRAFT -> "This is a draft and not a demand for payment.";
            case VOID -> "This invoice is void: nothing is owed on it.";
            case PAID ->
                invoice.total().isZero()
                        ? "Nothing is to be paid."
                        : "Settled on " + DAY.format(invoice.paidAt()) + ". Thank you.";
            case CREDITED -> "This invoice is credited: nothing is owed on it.";
            case FINALIZED ->
                "Please pay " + money(invoice.due()) + " by " + DAY.format(invoice.dueAt()) + ", naming "
                        + invoice.number() + ".";
        };
    }

    private static Row row(InvoiceView.Line line) {
        boolean flat = line.meter() == null;
        List<String> parts = line.breakdown().stream()
                .filter(part -> !saysTheLine(part))
                .map(part -> part(part, line))
                .toList();
        return new Row(
                line.position(),
                line.description(),
                flat ? "flat fee" : line.model().replace('_', ' ') + " price",
                number(line.quantity()),
                money(line.amount()),
                parts);
    }

    /** A whole flat fee: the line has said it already. */
    private static boolean saysTheLine(BilledPeriod.Part part) {
        return part.unit().equals("period") && new BigDecimal(part.quantity()).compareTo(BigDecimal.ONE) == 0;
    }

    private static String part(BilledPeriod.Part part, InvoiceView.Line line) {
        String tier = line.model().equals("volume") ? " in the tier" : "";
        String what = number(part.quantity()) + " "
                + switch (part.unit()) {
                    case "percent" -> "of value at " + percent(part.unitPrice()) + " %";
                    case "period" -> "of a period at " + number(part.unitPrice());
                    case "package" -> "packages at " + number(part.unitPrice());
                    case "event" -> "transactions at " + number(part.unitPrice());
                    default -> "units" + tier + range(part) + " at " + number(part.unitPrice());
                };
        String fee = new BigDecimal(part.flat()).signum() == 0 ? "" : " plus " + number(part.flat());
        return what + fee + " = " + number(part.amount()) + " " + line.amount().getCurrencyUnit();
    }

    private static String range(BilledPeriod.Part part) {
        if (part.from() == null) {
            return "";
        }
        return part.to() == null
                ? " above " + number(part.from())
                : " from " + number(part.from()) + " to " + number(part.to());
    }

    private static Tax tax(InvoiceView.TaxLine tax) {
        String label = tax.code() == null ? "No tax" : "Tax " + tax.ratePercent() + " %";
        return new Tax(label + " on " + money(tax.taxable()), money(tax.amount()));
    }

    private static String percent(String rate) {
        return new BigDecimal(rate).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    private static String money(Money money) {
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        format.setMinimumFractionDigits(money.getScale());
        format.setMaximumFractionDigits(money.getScale());
        return format.format(money.getAmount()) + " " + money.getCurrencyUnit();
    }

    private static String number(String decimal) {
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        format.setMaximumFractionDigits(18);
        return format.format(new BigDecimal(decimal));
    }
}
