package io.countinghouse.billing.period;

import io.countinghouse.billing.profile.Customer;
import io.countinghouse.billing.rating.Charge;
import io.countinghouse.billing.tax.AppliedTax;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;

/**
 * A billed period, as it is read over HTTP and as it travels in {@code billing.period.closed.v1}.
 *
 * @param supplementOf the billed period of which this bills what could not be rated then; null for the bill itself
 * @param usageCutoff null where no price reads a meter
 * @param tax null where no tax applies
 * @param taxPending whether the customer had no country at the close: its tax is known when the invoice is finalized
 * @param net the sum of the lines
 */
@RegisterForReflection
record PeriodDocument(
        UUID periodId,
        UUID subscriptionId,
        UUID tenantId,
        String planCode,
        String planName,
        int planVersion,
        String currency,
        Instant periodStart,
        Instant periodEnd,
        UUID supplementOf,
        String usageCutoff,
        Customer customer,
        AppliedTax tax,
        boolean taxPending,
        List<Line> lines,
        Money net) {
    static final String CLOSED = "billing.period.closed.v1";

    /** One price on the bill; {@code meter} is null for a flat fee. */
    record Line(
            int position,
            UUID priceId,
            int priceVersion,
            String description,
            String model,
            String meter,
            String quantity,
            Money amount,
            List<Part> breakdown) {}

    /** {@code amount = quantity × unit_price + flat}: see {@link Charge.Part}. */
    record Part(String unit, String from, String to, String quantity, String unitPrice, String flat, String amount) {

        static Part of(Charge.Part part) {
            return new Part(
                    part.unit(),
                    plain(part.from()),
                    plain(part.to()),
                    plain(part.quantity()),
                    plain(part.unitPrice()),
                    plain(part.flat()),
                    plain(part.amount()));
        }
    }

    /** Without exponent and without the zeros that arithmetic and columns leave behind. */
    static String plain(BigDecimal value) {
        return value == null ? null : value.stripTrailingZeros().toPlainString();
    }
}
