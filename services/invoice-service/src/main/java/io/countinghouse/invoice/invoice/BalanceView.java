package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What a tenant owes in one currency, over its issued invoices that are not void.
 *
 * @param balance totals less payments and credit notes; below 0 when a paid invoice was credited
 * @param due what is still to be paid, never below 0 for any invoice
 */
@RegisterForReflection
record BalanceView(UUID tenantId, String currency, Money balance, Money due, long invoices) {

    /** Where a page ends: {@code <tenant>:<currency>}. */
    record Key(UUID tenantId, String currency) {

        private static final Pattern CURSOR = Pattern.compile("([0-9a-f-]{36}):([A-Z]{3})");

        static Key of(String cursor) {
            Matcher parts = CURSOR.matcher(cursor);
            try {
                if (parts.matches()) {
                    return new Key(UUID.fromString(parts.group(1)), parts.group(2));
                }
            } catch (IllegalArgumentException e) {
                // Thirty-six characters that are not an id: refused below.
            }
            throw ProblemException.invalidField("after", "'" + cursor + "' is not the `next` of a page of this list");
        }
    }

    static BalanceView of(Tuple row) {
        CurrencyUnit unit = CurrencyUnit.of(row.get("currency", String.class));
        return new BalanceView(
                row.get("tenant_id", UUID.class),
                unit.getCode(),
                Money.of(unit, row.get("balance", BigDecimal.class).stripTrailingZeros()),
                Money.of(unit, row.get("due", BigDecimal.class).stripTrailingZeros()),
                row.get("invoices", Number.class).longValue());
    }

    String cursor() {
        return tenantId + ":" + currency;
    }
}
