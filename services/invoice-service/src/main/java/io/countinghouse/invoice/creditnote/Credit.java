package io.countinghouse.invoice.creditnote;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.invoice.invoice.InvoiceView;
import io.countinghouse.invoice.tax.Tax;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.joda.money.Money;

/**
 * What a credit note amounts to: a pure function of the invoice, of the notes before, and of the request. Nothing is
 * credited twice: each line, the net and the tax stay within what the invoice says. The note that credits the rest
 * takes the rest of the tax, so that roundings of several notes do not leave a cent behind.
 */
record Credit(List<CreditLine> lines, Money net, Money tax) {

    Money total() {
        return net.plus(tax);
    }

    /** @param before the notes issued for this invoice so far */
    static Credit of(InvoiceView invoice, List<Credit> before, IssueCreditNoteRequest request) {
        if ((request.lines() == null) == (request.amount() == null)) {
            throw ProblemException.invalidField("lines", "exactly one of lines and amount must be given");
        }
        Money zero = Money.zero(invoice.net().getCurrencyUnit());
        Money netLeft = invoice.net().minus(before.stream().map(Credit::net).reduce(zero, Money::plus));
        Money taxLeft = invoice.tax().minus(before.stream().map(Credit::tax).reduce(zero, Money::plus));
        Credit credit = request.lines() != null
                ? ofLines(invoice, before, request.lines(), netLeft, taxLeft)
                : ofAmount(invoice, checked(request.amount(), zero), netLeft, taxLeft);
        if (credit.net().isGreaterThan(netLeft) || credit.total().isGreaterThan(netLeft.plus(taxLeft))) {
            throw ProblemException.unprocessable(
                    "credit-exceeds-invoice",
                    "The credit is " + credit.total() + ", no more than " + netLeft.plus(taxLeft)
                            + " of the invoice is left to credit.");
        }
        if (!credit.total().isPositive()) {
            throw ProblemException.unprocessable("nothing-to-credit", "The credit is " + credit.total() + ".");
        }
        return credit;
    }

    private static Credit ofLines(
            InvoiceView invoice,
            List<Credit> before,
            List<IssueCreditNoteRequest.Line> asked,
            Money netLeft,
            Money taxLeft) {
        List<CreditLine> lines = new ArrayList<>();
        Money net = Money.zero(netLeft.getCurrencyUnit());
        Set<Integer> seen = new HashSet<>();
        for (IssueCreditNoteRequest.Line line : asked) {
            if (!seen.add(line.position())) {
                throw ProblemException.invalidField("position", "line " + line.position() + " is named twice");
            }
            CreditLine credited = line(invoice, before, line);
            lines.add(credited);
            net = net.plus(credited.amount());
        }
        return new Credit(lines, net, taxOn(invoice, net, netLeft, taxLeft));
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

    private static Credit ofAmount(InvoiceView invoice, Money gross, Money netLeft, Money taxLeft) {
        if (gross.isEqual(netLeft.plus(taxLeft))) {
            return new Credit(List.of(), netLeft, taxLeft);
        }
        BigDecimal withTax = BigDecimal.ONE.add(rate(invoice).movePointLeft(2));
        Money net = gross.dividedBy(withTax, RoundingMode.HALF_UP);
        return new Credit(List.of(), net, gross.minus(net));
    }

    private static Money taxOn(InvoiceView invoice, Money net, Money netLeft, Money taxLeft) {
        if (net.isEqual(netLeft)) {
            return taxLeft;
        }
        Money tax = Tax.on(net, rate(invoice));
        return tax.isGreaterThan(taxLeft) ? taxLeft : tax;
    }

    /** One rate applies to a customer, and so to all lines of its invoice. */
    private static BigDecimal rate(InvoiceView invoice) {
        return new BigDecimal(invoice.taxes().getFirst().ratePercent());
    }

    private static Money checked(Money amount, Money zero) {
        if (!amount.isSameCurrency(zero) || !amount.isPositive()) {
            throw ProblemException.invalidField(
                    "amount", "is " + amount + ", must be above 0 and in " + zero.getCurrencyUnit());
        }
        return amount;
    }
}
