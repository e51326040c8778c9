package io.countinghouse.invoice.creditnote;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.invoice.creditnote.CreditableGroup.Share;
import io.countinghouse.invoice.tax.Tax;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How an amount is divided over tax rates, for invoices and sequences of notes that a seed makes. */
class CreditSplitTest {
    private static final String[] RATES = {
        "0", "2.1", "5.5", "7", "8.1", "14.975", "19", "20", "25.5", "27", "50", "100"
    };
    private static final String[] CURRENCIES = {"JPY", "EUR", "KWD", "CLF"};

    @ParameterizedTest
    @MethodSource("seeds")
    void anySequenceOfAmountsIsTheInvoiceExactly(long seed) {
        // Given
        Random random = new Random(seed);
        List<CreditableGroup> groups = invoice(random);
        List<CreditableGroup> billed = List.copyOf(groups);
        // When
        while (left(groups).isPositive()) {
            Money amount = someOf(random, left(groups));
            List<Share> shares = CreditSplit.of(groups, amount);
            assertWithin(groups, shares, amount);
            groups = after(groups, shares);
        }
        // Then
        assertExhausted(billed, groups);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lineByLineAndByAmountTogetherAreTheInvoiceExactly(long seed) {
        // Given
        Random random = new Random(seed);
        List<CreditableGroup> groups = invoice(random);
        List<CreditableGroup> billed = List.copyOf(groups);
        // When
        while (left(groups).isPositive()) {
            int index = random.nextInt(groups.size());
            CreditableGroup group = groups.get(index);
            if (random.nextBoolean() && group.netLeft().isPositive()) {
                Share share = group.ofLines(someOf(random, group.netLeft()));
                assertWithin(List.of(group), List.of(share), share.gross());
                groups = new ArrayList<>(groups);
                groups.set(index, group.afterLines(share));
            } else {
                Money amount = someOf(random, left(groups));
                List<Share> shares = CreditSplit.of(groups, amount);
                assertWithin(groups, shares, amount);
                groups = after(groups, shares);
            }
        }
        // Then
        assertExhausted(billed, groups);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterEachAmountTheTaxIsThatOfAllAmountsSoFar(long seed) {
        // Given
        Random random = new Random(seed);
        CreditableGroup group = invoice(random).getFirst();
        Money gross = group.left();
        // When
        while (group.left().isPositive()) {
            group = group.afterAmount(group.ofAmount(someOf(random, group.left())));
            // Then
            assertThat(group.amountTax())
                    .isEqualTo(CreditableGroup.proportion(group.tax(), group.takenByAmounts(), gross));
        }
    }

    @Test
    void linesCreditedOneByOneAreRoundedAsTheInvoice() {
        // Given
        CreditableGroup group = group("EUR", "20", "279.16");
        List<String> totals = new ArrayList<>();
        // When
        for (String line : List.of("68.33", "57.50", "85.00", "68.33")) {
            Share share = group.ofLines(Money.of(CurrencyUnit.EUR, new BigDecimal(line)));
            group = group.afterLines(share);
            totals.add(share.gross().getAmount().toPlainString());
        }
        // Then
        assertThat(totals).containsExactly("82.00", "69.00", "102.00", "81.99");
    }

    @Test
    void aHundredSmallLinesDoNotLeaveTheirTaxToTheLast() {
        // Given
        CreditableGroup group = group("EUR", "19", "2.00");
        Money line = Money.of(CurrencyUnit.EUR, new BigDecimal("0.02"));
        List<Money> taxes = new ArrayList<>();
        // When
        for (int i = 0; i < 100; i++) {
            Share share = group.ofLines(line);
            group = group.afterLines(share);
            taxes.add(share.tax());
        }
        // Then
        assertThat(taxes).allSatisfy(tax -> assertThat(tax.getAmountMinorInt()).isBetween(0, 1));
        assertThat(group.left().isZero()).isTrue();
    }

    @Test
    void anAmountIsBorneByTheRatesInProportion() {
        // Given
        List<CreditableGroup> groups = List.of(group("EUR", "19", "100.00"), group("EUR", "7", "100.00"));
        // When
        List<Share> shares = CreditSplit.of(groups, Money.of(CurrencyUnit.EUR, new BigDecimal("22.60")));
        // Then
        assertThat(shares.get(0).gross()).isEqualTo(Money.of(CurrencyUnit.EUR, new BigDecimal("11.90")));
        assertThat(shares.get(0).tax()).isEqualTo(Money.of(CurrencyUnit.EUR, new BigDecimal("1.90")));
        assertThat(shares.get(1).gross()).isEqualTo(Money.of(CurrencyUnit.EUR, new BigDecimal("10.70")));
        assertThat(shares.get(1).tax()).isEqualTo(Money.of(CurrencyUnit.EUR, new BigDecimal("0.70")));
    }

    @Test
    void aCentTooMuchOfTaxFromEarlierVersionsIsMadeGoodByTheNet() {
        // Given
        CreditableGroup group = group("EUR", "19", "29.00")
                .afterAmount(new Share(
                        Money.of(CurrencyUnit.EUR, new BigDecimal("28.98")),
                        Money.of(CurrencyUnit.EUR, new BigDecimal("5.52"))));
        // When
        Share last = CreditSplit.of(List.of(group), group.left()).getFirst();
        // Then
        assertThat(last.gross()).isEqualTo(Money.of(CurrencyUnit.EUR, new BigDecimal("0.01")));
        assertThat(last.tax().isZero()).isTrue();
    }

    private static void assertWithin(List<CreditableGroup> groups, List<Share> shares, Money amount) {
        assertThat(shares.stream().map(Share::gross).reduce(Money::plus)).contains(amount);
        for (int i = 0; i < groups.size(); i++) {
            assertThat(shares.get(i).net().isNegative()).isFalse();
            assertThat(shares.get(i).tax().isNegative()).isFalse();
            assertThat(shares.get(i).net()).isLessThanOrEqualTo(groups.get(i).netLeft());
            assertThat(shares.get(i).tax()).isLessThanOrEqualTo(groups.get(i).taxLeft());
        }
    }

    private static void assertExhausted(List<CreditableGroup> billed, List<CreditableGroup> groups) {
        for (int i = 0; i < billed.size(); i++) {
            CreditableGroup group = groups.get(i);
            assertThat(group.lineNet().plus(group.amountNet()))
                    .isEqualTo(billed.get(i).net());
            assertThat(group.lineTax().plus(group.amountTax()))
                    .isEqualTo(billed.get(i).tax());
        }
    }

    private static List<CreditableGroup> after(List<CreditableGroup> groups, List<Share> shares) {
        return IntStream.range(0, groups.size())
                .mapToObj(i -> groups.get(i).afterAmount(shares.get(i)))
                .toList();
    }

    /** The last cent often, a cent often, any part else. */
    private static Money someOf(Random random, Money left) {
        long units = left.getAmountMinorLong();
        long some = switch (random.nextInt(6)) {
            case 0 -> 1;
            case 1 -> units;
            case 2 -> Math.max(1, units - 1);
            default -> 1 + random.nextLong(units);
        };
        return Money.ofMinor(left.getCurrencyUnit(), some);
    }

    private static Money left(List<CreditableGroup> groups) {
        return groups.stream().map(CreditableGroup::left).reduce(Money::plus).orElseThrow();
    }

    private static List<CreditableGroup> invoice(Random random) {
        String currency = CURRENCIES[random.nextInt(CURRENCIES.length)];
        CurrencyUnit unit = CurrencyUnit.of(currency);
        return Stream.generate(() -> {
                    Money net = Money.ofMinor(unit, random.nextLong(random.nextBoolean() ? 20 : 500_000));
                    BigDecimal rate = new BigDecimal(RATES[random.nextInt(RATES.length)]);
                    return CreditableGroup.untouched(rate, net, Tax.on(net, rate));
                })
                .limit(1 + random.nextInt(4))
                .toList();
    }

    private static CreditableGroup group(String currency, String rate, String net) {
        Money taxable = Money.of(CurrencyUnit.of(currency), new BigDecimal(net));
        return CreditableGroup.untouched(new BigDecimal(rate), taxable, Tax.on(taxable, new BigDecimal(rate)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }
}
