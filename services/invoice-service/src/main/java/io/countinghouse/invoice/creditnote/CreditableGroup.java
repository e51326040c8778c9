package io.countinghouse.invoice.creditnote;

import io.countinghouse.invoice.tax.Tax;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.joda.money.Money;

/**
 * The part of an invoice to which one tax rate applies, and what notes before took of it: by lines, and by amounts. All in
 * one currency.
 */
record CreditableGroup(
        BigDecimal ratePercent, Money net, Money tax, Money lineNet, Money lineTax, Money amountNet, Money amountTax) {

    static CreditableGroup untouched(BigDecimal ratePercent, Money net, Money tax) {
        Money zero = Money.zero(net.getCurrencyUnit());
        return new CreditableGroup(ratePercent, net, tax, zero, zero, zero, zero);
    }

    CreditableGroup afterLines(Share share) {
        return new CreditableGroup(
                ratePercent, net, tax, lineNet.plus(share.net()), lineTax.plus(share.tax()), amountNet, amountTax);
    }

    CreditableGroup afterAmount(Share share) {
        return new CreditableGroup(
                ratePercent, net, tax, lineNet, lineTax, amountNet.plus(share.net()), amountTax.plus(share.tax()));
    }

    /** What one note takes of the group. */
    record Share(Money net, Money tax) {
        Money gross() {
            return net.plus(tax);
        }
    }

    Money left() {
        return net.plus(tax).minus(lineNet).minus(lineTax).minus(amountNet).minus(amountTax);
    }

    /** Notes of earlier versions could take a cent more tax than there was: the net then has that cent less. */
    Money taxLeft() {
        return between(tax.minus(lineTax).minus(amountTax), zero(), left());
    }

    Money netLeft() {
        return left().minus(taxLeft());
    }

    /** What amounts are shares of: the whole, without what was credited line by line. */
    Money baseOfAmounts() {
        return net.plus(tax).minus(lineNet).minus(lineTax);
    }

    Money takenByAmounts() {
        return amountNet.plus(amountTax);
    }

    /**
     * An amount that contains the tax. Not this amount but all amounts so far are divided, in the proportion of the group's
     * tax to its total, so that a rounding is made good by the next note.
     *
     * @param gross from 0 to {@link #left()}
     */
    Share ofAmount(Money gross) {
        if (gross.isZero()) {
            return new Share(zero(), zero());
        }
        Money taxSoFar = proportion(tax.minus(lineTax), takenByAmounts().plus(gross), baseOfAmounts());
        Money share = between(taxSoFar.minus(amountTax), positive(gross.minus(netLeft())), lesser(taxLeft(), gross));
        return new Share(gross.minus(share), share);
    }

    /**
     * Lines without their tax: the tax of all lines credited so far, less what was credited of it.
     *
     * @param lines from 0 to {@link #netLeft()}
     */
    Share ofLines(Money lines) {
        if (lines.isEqual(netLeft())) {
            return new Share(lines, taxLeft());
        }
        Money taxSoFar = Tax.on(lineNet.plus(lines), ratePercent);
        return new Share(lines, between(taxSoFar.minus(lineTax), zero(), taxLeft()));
    }

    /** {@code whole × part / of}, half up. */
    static Money proportion(Money whole, Money part, Money of) {
        return Money.of(
                whole.getCurrencyUnit(),
                whole.getAmount()
                        .multiply(part.getAmount())
                        .divide(of.getAmount(), whole.getScale(), RoundingMode.HALF_UP));
    }

    static Money between(Money value, Money least, Money most) {
        return value.isLessThan(least) ? least : lesser(value, most);
    }

    static Money lesser(Money one, Money other) {
        return one.isGreaterThan(other) ? other : one;
    }

    private static Money positive(Money value) {
        return value.isNegative() ? Money.zero(value.getCurrencyUnit()) : value;
    }

    private Money zero() {
        return Money.zero(net.getCurrencyUnit());
    }
}
