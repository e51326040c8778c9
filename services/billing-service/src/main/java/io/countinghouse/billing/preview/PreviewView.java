package io.countinghouse.billing.preview;

import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.rating.Charge;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.joda.money.Money;

/** The lines as a bill would have them; period start and end are null when quantities were given. */
record PreviewView(
        String planCode, int planVersion, Instant periodStart, Instant periodEnd, List<Line> lines, Money net) {

    record Line(
            int position,
            String description,
            String model,
            String meter,
            String quantity,
            Money amount,
            List<Part> breakdown) {

        static Line of(PricedPlan.Item item, Charge charge) {
            return new Line(
                    item.position(),
                    item.name(),
                    item.modelName(),
                    item.meter(),
                    plain(charge.quantity()),
                    charge.amount(),
                    charge.breakdown().stream().map(Part::of).toList());
        }
    }

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

    private static String plain(BigDecimal value) {
        return value == null ? null : value.stripTrailingZeros().toPlainString();
    }
}
