package io.countinghouse.invoice.creditnote;

import io.countinghouse.invoice.creditnote.CreditableGroup.Share;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;

/** Divides an amount, tax included, over the tax rates of an invoice: a pure function. */
final class CreditSplit {
    private CreditSplit() {}

    /**
     * Each group bears the share of all amounts so far that its total has in the invoice's. The shares of this amount add up
     * to it, none is negative, none is more than is left of its group; so an invoice that is credited in full, in however
     * many steps, is credited exactly.
     *
     * @param amount from 0 to the sum of what is left of the groups
     */
    static List<Share> of(List<CreditableGroup> groups, Money amount) {
        List<Money> parts = parts(groups, amount);
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            shares.add(groups.get(i).ofAmount(parts.get(i)));
        }
        return shares;
    }

    private static List<Money> parts(List<CreditableGroup> groups, Money amount) {
        Money zero = Money.zero(amount.getCurrencyUnit());
        Money base = groups.stream().map(CreditableGroup::baseOfAmounts).reduce(zero, Money::plus);
        Money taken = groups.stream()
                .map(CreditableGroup::takenByAmounts)
                .reduce(zero, Money::plus)
                .plus(amount);
        List<Money> parts = new ArrayList<>();
        Money rest = amount;
        Money basesSoFar = zero;
        Money boundary = zero;
        for (CreditableGroup group : groups) {
            basesSoFar = basesSoFar.plus(group.baseOfAmounts());
            Money next = CreditableGroup.proportion(basesSoFar, taken, base);
            Money part = CreditableGroup.between(
                    next.minus(boundary).minus(group.takenByAmounts()),
                    zero,
                    CreditableGroup.lesser(group.left(), rest));
            parts.add(part);
            rest = rest.minus(part);
            boundary = next;
        }
        // A group that cannot bear its share, because its lines were credited in between, leaves some of it to the
        // others.
        for (int i = 0; i < groups.size() && rest.isPositive(); i++) {
            Money more = CreditableGroup.lesser(groups.get(i).left().minus(parts.get(i)), rest);
            parts.set(i, parts.get(i).plus(more));
            rest = rest.minus(more);
        }
        return parts;
    }
}
