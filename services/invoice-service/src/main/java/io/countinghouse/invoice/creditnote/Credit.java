package io.countinghouse.invoice.creditnote;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.invoice.creditnote.CreditableGroup.Share;
import io.countinghouse.invoice.invoice.InvoiceView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.joda.money.Money;

/**
 * What a credit note amounts to: a pure function of the invoice, of the notes before, and of the request. Nothing is
 * credited twice: each line, and the net and the tax of each rate stay within what the invoice says.
 *
 * @param lines empty for a note by amount
 * @param shares what it takes of each tax rate, in the order of the invoice
 */
record Credit(List<CreditLine> lines, List<Share> shares) {

    /** One rate applies to a customer, and so to all lines of its invoice. */
    private static final int GROUP_OF_LINES = 0;

    Money net() {
        return shares.stream().map(Share::net).reduce(Money::plus).orElseThrow();
    }

    Money tax() {
        return shares.stream().map(Share::tax).reduce(Money::plus).orElseThrow();
    }

    Money total() {
        return net().plus(tax());
    }

    /** @param before the notes issued for this invoice so far */
    static Credit of(InvoiceView invoice, List<Credit> before, IssueCreditNoteRequest request) {
        if ((request.lines() == null) == (request.amount() == null)) {
            throw ProblemException.invalidField("lines", "exactly one of lines and amount must be given");
        }
        List<CreditableGroup> groups = groups(invoice, before);
        Credit credit = request.lines() != null
                ? ofLines(invoice, before, request.lines(), groups)
                : ofAmount(checked(request.amount(), Money.zero(invoice.net().getCurrencyUnit())), groups);
        if (!credit.total().isPositive()) {
            throw ProblemException.unprocessable("nothing-to-credit", "The credit is " + credit.total() + ".");
        }
        return credit;
    }

    private static List<CreditableGroup> groups(InvoiceView invoice, List<Credit> before) {
        List<CreditableGroup> groups = new ArrayList<>();
        for (InvoiceView.TaxLine tax : invoice.taxes()) {
            int index = groups.size();
            CreditableGroup group =
                    CreditableGroup.untouched(new BigDecimal(tax.ratePercent()), tax.taxable(), tax.amount());
            for (Credit note : before) {
                Share share = note.shares().get(index);
                group = note.lines().isEmpty() ? group.afterAmount(share) : group.afterLines(share);
            }
            groups.add(group);
        }
        return groups;
    }

    private static Credit ofLines(
            InvoiceView invoice,
            List<Credit> before,
            List<IssueCreditNoteRequest.Line> asked,
            List<CreditableGroup> groups) {
        List<CreditLine> lines = new ArrayList<>();
        Money zero = Money.zero(invoice.net().getCurrencyUnit());
        Money net = zero;
        Set<Integer> seen = new HashSet<>();
        for (IssueCreditNoteRequest.Line line : asked) {
            if (!seen.add(line.position())) {
                throw ProblemException.invalidField("position", "line " + line.position() + " is named twice");
            }
            CreditLine credited = line(invoice, before, line);
            lines.add(credited);
            net = net.plus(credited.amount());
        }
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            Money part = i == GROUP_OF_LINES ? net : zero;
            Money left = groups.get(i).netLeft();
            if (part.isGreaterThan(left)) {
                throw ProblemException.unprocessable(
                        "credit-exceeds-invoice",
                        "The credit is " + part + " without tax, no more than " + left
                                + " of the invoice without tax is left to credit.");
            }
            shares.add(part.isZero() ? new Share(zero, zero) : groups.get(i).ofLines(part));
        }
        return new Credit(lines, shares);
    }

    private static CreditLine line(InvoiceView invoice, List<Credit> before, IssueCreditNoteRequest.Line asked) {
        InvoiceView.Line billed = invoice.lines().stream()
                .filter(line -> line.position() == asked.position())
                .findFirst()
                .orElseThrow(
                        () -> ProblemException.invalidField("position", "the invoice has no line " + asked.position()));
        Money zero = Money.zero(billed.amount().getCurrencyUnit());
        Money left = billed.amount()
                .minus(before.stream()
                        .flatMap(credit -> credit.lines().stream())
                        .filter(line -> line.position() == asked.position())
                        .map(CreditLine::amount)
                        .reduce(zero, Money::plus));
        Money amount = asked.amount() == null ? left : checked(asked.amount(), zero);
        if (amount.isGreaterThan(left)) {
            throw ProblemException.unprocessable(
                    "credit-exceeds-line",
                    "The credit of line " + asked.position() + " is " + amount + ", no more than " + left
                            + " is left of it.");
        }
        return new CreditLine(billed.position(), billed.description(), amount);
    }

    private static Credit ofAmount(Money gross, List<CreditableGroup> groups) {
        Money left =
                groups.stream().map(CreditableGroup::left).reduce(Money.zero(gross.getCurrencyUnit()), Money::plus);
        if (gross.isGreaterThan(left)) {
            throw ProblemException.unprocessable(
                    "credit-exceeds-invoice",
                    "The credit is " + gross + ", no more than " + left + " of the invoice is left to credit.");
        }
        return new Credit(List.of(), CreditSplit.of(groups, gross));
    }

    private static Money checked(Money amount, Money zero) {
        if (!amount.isSameCurrency(zero) || !amount.isPositive()) {
            throw ProblemException.invalidField(
                    "amount", "is " + amount + ", must be above 0 and in " + zero.getCurrencyUnit());
        }
        return amount;
    }
}
