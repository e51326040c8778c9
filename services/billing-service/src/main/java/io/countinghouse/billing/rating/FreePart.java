package io.countinghouse.billing.rating;

import io.countinghouse.billing.rating.PricingModel.Percentage;
import java.math.BigDecimal;

/** How much of a percentage price's free part is left while its events pass by in order. */
final class FreePart {
    private final boolean any;
    private final Integer maxEvents;
    private final BigDecimal maxAmount;
    private int events;
    private BigDecimal amount = BigDecimal.ZERO;
    private boolean coveredLast;

    FreePart(Percentage model) {
        any = model.freeEvents() != null || model.freeAmount() != null;
        maxEvents = model.freeEvents();
        maxAmount = model.freeAmount();
    }

    /** The part of the event's value that is free; an event that is wholly free sets {@link #coveredLast()}. */
    BigDecimal take(BigDecimal value) {
        coveredLast = false;
        if (!any || (maxEvents != null && events >= maxEvents)) {
            return BigDecimal.ZERO;
        }
        if (maxAmount == null) {
            coveredLast = true;
            events++;
            return value;
        }
        BigDecimal left = maxAmount.subtract(amount);
        if (left.signum() <= 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal free = value.min(left);
        coveredLast = free.compareTo(value) == 0;
        amount = amount.add(free);
        events++;
        return free;
    }

    boolean coveredLast() {
        return coveredLast;
    }
}
