package io.countinghouse.invoice.tax;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * How tax is computed: once for each rate, on the sum of the lines of that rate, rounded half up to the currency's
 * decimals. This is the rule of EN 16931 (BR-CO-17: VAT category tax amount = taxable amount × rate / 100, rounded to
 * two decimals, per category), so that the document and its XML cannot differ by a cent.
 */
public final class Tax {
    private Tax() {}

    /** The tax on an amount: {@code amount × ratePercent / 100}, half up. */
    public static Money on(Money amount, BigDecimal ratePercent) {
        return amount.multipliedBy(ratePercent.movePointLeft(2), RoundingMode.HALF_UP);
    }

    /**
     * The groups of a document, in the order in which their rates first occur.
     *
     * @param lines all in one currency
     * @throws org.joda.money.CurrencyMismatchException when they are not
     */
    public static List<TaxGroup> groups(List<TaxableLine> lines) {
        Map<String, TaxGroup> sums = new LinkedHashMap<>();
        for (TaxableLine line : lines) {
            BigDecimal rate = line.ratePercent();
            String key = line.code() + " " + rate.stripTrailingZeros().toPlainString();
            TaxGroup sum = sums.get(key);
            Money taxable = sum == null ? line.amount() : sum.taxable().plus(line.amount());
            sums.put(key, new TaxGroup(line.code(), rate, taxable, on(taxable, rate)));
        }
        return new ArrayList<>(sums.values());
    }
}
