package io.countinghouse.billing.ledger;

import java.util.Map;
import java.util.UUID;
import org.joda.money.Money;

/**
 * What is to be written down.
 *
 * @param amount null where nothing was charged or paid; negative where the customer owes less afterwards
 */
public record LedgerEntry(String type, UUID subscriptionId, UUID periodId, Money amount, Map<String, String> details) {
    public LedgerEntry {
        details = Map.copyOf(details);
    }

    public static LedgerEntry change(String type, UUID subscriptionId, Map<String, String> details) {
        return new LedgerEntry(type, subscriptionId, null, null, details);
    }
}
