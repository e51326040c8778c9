package io.countinghouse.invoice.trace;

import io.countinghouse.invoice.invoice.InvoiceView;
import io.countinghouse.invoice.period.BilledPeriod;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;

/**
 * Where a line comes from.
 *
 * @param usageCutoff events accepted after it were not billed
 * @param eventCount of all events behind the line; 0 for a flat fee
 * @param events one page of them, oldest first; {@code next} as {@code after} gets the following one
 */
record LineTrace(
        UUID invoiceId,
        String number,
        int position,
        String description,
        String planCode,
        int planVersion,
        UUID priceId,
        int priceVersion,
        String model,
        String meter,
        Instant periodStart,
        Instant periodEnd,
        String usageCutoff,
        String quantity,
        Money amount,
        List<BilledPeriod.Part> breakdown,
        long eventCount,
        EventPage events) {

    record EventPage(List<UsageClient.Event> data, String next) {
        static final EventPage NONE = new EventPage(List.of(), null);
    }

    static LineTrace of(InvoiceView invoice, InvoiceView.Line line, long eventCount, EventPage events) {
        return new LineTrace(
                invoice.id(),
                invoice.number(),
                line.position(),
                line.description(),
                invoice.planCode(),
                invoice.planVersion(),
                line.priceId(),
                line.priceVersion(),
                line.model(),
                line.meter(),
                invoice.periodStart(),
                invoice.periodEnd(),
                invoice.usageCutoff(),
                line.quantity(),
                line.amount(),
                line.breakdown(),
                eventCount,
                events);
    }
}
