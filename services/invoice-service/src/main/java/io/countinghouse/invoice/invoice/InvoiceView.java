package io.countinghouse.invoice.invoice;

import io.countinghouse.invoice.period.BilledPeriod;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;

/**
 * An invoice as it is read over HTTP and by the other features.
 *
 * @param number null while it is a draft, as are seller, issue and due date
 * @param due what is still owed: total less payments and credit notes
 * @param waitingFor {@code customer} for a draft whose customer's profile lacks what an invoice must say; else null
 */
@RegisterForReflection
public record InvoiceView(
        UUID id,
        UUID tenantId,
        String number,
        InvoiceStatus status,
        UUID periodId,
        UUID subscriptionId,
        String planCode,
        String planName,
        int planVersion,
        Instant periodStart,
        Instant periodEnd,
        String usageCutoff,
        BilledPeriod.Customer customer,
        Seller seller,
        String currency,
        List<Line> lines,
        List<TaxLine> taxes,
        Money net,
        Money tax,
        Money total,
        Money paid,
        Money credited,
        Money due,
        Instant createdAt,
        Instant issuedAt,
        Instant dueAt,
        Instant paidAt,
        Instant voidedAt,
        String waitingFor) {

    /** In UTC, as all days of documents. */
    public LocalDate firstDay() {
        return day(periodStart);
    }

    /**
     * The last day of the period. The day in which it ends belongs to the next period, so that the documents of
     * consecutive periods do not share one; but no period ends before it begins.
     */
    public LocalDate lastDay() {
        LocalDate before = day(periodEnd).minusDays(1);
        return before.isBefore(firstDay()) ? firstDay() : before;
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** {@code quantity} is in the unit of the meter; {@code meter} is null for a flat fee. */
    public record Line(
            int position,
            String description,
            UUID priceId,
            int priceVersion,
            String model,
            String meter,
            String quantity,
            Money amount,
            List<BilledPeriod.Part> breakdown) {}

    /** {@code code} is null where no tax applies. */
    public record TaxLine(String code, String ratePercent, Money taxable, Money amount) {}
}
