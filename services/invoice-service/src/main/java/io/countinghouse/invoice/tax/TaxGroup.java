package io.countinghouse.invoice.tax;

import java.math.BigDecimal;
import org.joda.money.Money;

/**
 * The tax of one rate.
 *
 * @param code of the rate; null where no tax applies
 * @param ratePercent 19 means 19 %
 * @param taxable the sum of the lines of this rate
 * @param amount the tax on that sum
 */
public record TaxGroup(String code, BigDecimal ratePercent, Money taxable, Money amount) {}
