package io.countinghouse.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.billing.rating.PricingModel.Flat;
import io.countinghouse.billing.rating.PricingModel.Graduated;
import io.countinghouse.billing.rating.PricingModel.Package;
import io.countinghouse.billing.rating.PricingModel.PerUnit;
import io.countinghouse.billing.rating.PricingModel.Percentage;
import io.countinghouse.billing.rating.PricingModel.Volume;
import io.countinghouse.billing.rating.Rating.Held;
import io.countinghouse.billing.rating.Usage.Earlier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An interval that is divided by changes of plan: nothing in it is given or charged twice. */
class SharedPeriodTest {
    private static final long MONTH = 30 * 86_400L;

    /** One part: its length, the price that holds in it, and what was used. */
    private record Part(long seconds, PricingModel model, String... used) {}

    @ParameterizedTest
    @ValueSource(strings = {"graduated", "package", "percentage"})
    void fourSwitchesInSixSecondsGiveAThousandFreeUnitsOnce(String kind) {
        // Given
        PricingModel model = free(kind, "1000");
        // When
        Money paid = total(
                new Part(2, model, "900"),
                new Part(1, model, "900"),
                new Part(2, model, "900"),
                new Part(1, model, "900"),
                new Part(MONTH - 6, model, "0"));
        // Then
        assertThat(paid).isEqualTo(Money.parse("EUR 2600.00"));
    }

    /** 2,000 of the 3,500 units are free. */
    @Test
    void anAllowanceIsSharedByTheTimeOfThePlans() {
        // Given
        PricingModel small = free("graduated", "1000");
        PricingModel large = free("graduated", "4000");
        // When
        Money paid = total(new Part(MONTH * 2 / 3, small, "500"), new Part(MONTH / 3, large, "3000"));
        // Then
        assertThat(paid).isEqualTo(Money.parse("EUR 1500.00"));
    }

    /** 1,000,000 × 3 s of 2,592,000 s are free, and next to nothing of the other plan. */
    @Test
    void aLargePlanForThreeSecondsGivesItsAllowanceForThreeSeconds() {
        // When
        Money paid = total(
                new Part(3, free("graduated", "1000000"), "5000"),
                new Part(MONTH - 3, free("graduated", "0.001"), "0"));
        // Then
        assertThat(paid).isEqualTo(Money.parse("EUR 4998.84"));
    }

    @Test
    void seatsArePaidByTheTimeThatTheyWereHeld() {
        // Given
        Price ten = euro(new PerUnit(dec("10")));
        Price twelve = euro(new PerUnit(dec("12")));
        // When
        Money first = Rating.rate(ten, level("5", 0, MONTH / 3)).amount();
        Money second = Rating.rate(twelve, level("5", MONTH / 3, MONTH * 2 / 3)).amount();
        // Then
        assertThat(first).isEqualTo(Money.parse("EUR 16.67"));
        assertThat(second).isEqualTo(Money.parse("EUR 40.00"));
    }

    @Test
    void aMinimumFeeIsChargedByTimeAndOnce() {
        // Given
        PricingModel fifty = new Volume(List.of(tier("100", "1", "50"), tier(null, "1", "50")), true);
        PricingModel eighty = new Volume(List.of(tier("100", "1", "80"), tier(null, "1", "80")), true);
        // When
        Money paid = total(new Part(3, fifty, "0"), new Part(MONTH - 3, eighty, "0"));
        // Then
        assertThat(paid).isBetween(Money.parse("EUR 79.99"), Money.parse("EUR 80.00"));
        assertThat(total(new Part(MONTH / 2, fifty, "0"), new Part(MONTH / 2, eighty, "0")))
                .isEqualTo(Money.parse("EUR 65.00"));
    }

    @Test
    void aFeeOfATierThatWasEnteredLateIsChargedOnce() {
        // Given
        PricingModel model = new Graduated(List.of(tier("10", "1", "7"), tier(null, "1", "5")), false);
        // When
        Money paid = total(
                new Part(MONTH / 3, model, "4"), new Part(MONTH / 3, model, "0"), new Part(MONTH / 3, model, "9"));
        // Then
        assertThat(paid).isEqualTo(Money.parse("EUR 25.00"));
    }

    @Test
    void aPackageThatWasBegunBeforeTheSwitchIsNotPaidAgain() {
        // Given
        PricingModel model = new Package(dec("1000"), dec("3"), dec("0"));
        // When
        Money paid = total(new Part(MONTH / 2, model, "10"), new Part(MONTH / 2, model, "10"));
        // Then
        assertThat(paid).isEqualTo(Money.parse("EUR 3.00"));
    }

    @ParameterizedTest
    @CsvSource({"0.01", "1.005", "29.00", "99.99", "100.00"})
    void thePartsOfADividedMonthAddUpToItsPrice(String amount) {
        // Given
        Random random = new Random(42);
        Price price = new Price(CurrencyUnit.EUR, new Flat(dec(amount), true), RoundingMode.HALF_UP);
        // When
        List<Money> months = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Money month = Money.zero(CurrencyUnit.EUR);
            long passed = 0;
            while (passed < MONTH) {
                long covered = Math.min(MONTH - passed, 1 + random.nextLong(MONTH));
                month = month.plus(Rating.rate(price, Usage.none().over(new Proration(covered, MONTH, passed)))
                        .amount());
                passed += covered;
            }
            months.add(month);
        }
        // Then
        assertThat(months).containsOnly(Rating.rate(price, Usage.none()).amount());
    }

    @Test
    void aPartThatIsTheWholeIntervalCostsWhatItAlwaysDid() {
        // Given
        Graduated model =
                new Graduated(List.of(tier("10", "10", "2"), tier("20", "5", "3"), tier(null, "5", "3")), true);
        // When
        Money part = total(new Part(MONTH, model, "21"));
        // Then
        assertThat(part).isEqualTo(Rating.rate(euro(model), Usage.of(dec("21"))).amount());
    }

    private static PricingModel free(String kind, String units) {
        return switch (kind) {
            case "graduated" -> new Graduated(List.of(tier(units, "0", "0"), tier(null, "1", "0")), false);
            case "package" -> new Package(dec("1"), dec("1"), dec(units));
            default -> new Percentage(dec("100"), null, null, dec(units), null, null);
        };
    }

    /** Rates each part as charging does: bounds shared over all parts, and what earlier parts have used. */
    private static Money total(Part... parts) {
        Money total = Money.zero(CurrencyUnit.EUR);
        long passed = 0;
        List<BigDecimal> before = new ArrayList<>();
        List<Held> held = Stream.of(parts)
                .map(part -> new Held(part.model(), part.seconds()))
                .toList();
        for (Part part : parts) {
            List<BigDecimal> used = Stream.of(part.used()).map(BigDecimal::new).toList();
            Usage usage = Usage.ofEvents(used)
                    .over(new Proration(part.seconds(), MONTH, passed))
                    .after(new Earlier(passed, before.stream().reduce(BigDecimal.ZERO, BigDecimal::add), before));
            total = total.plus(Rating.rate(euro(Rating.shared(part.model(), held, MONTH)), usage)
                    .amount());
            passed += part.seconds();
            before.addAll(used);
        }
        return total;
    }

    private static Usage level(String quantity, long before, long seconds) {
        return Usage.of(dec(quantity))
                .over(new Proration(seconds, MONTH, before))
                .asLevel();
    }

    private static Price euro(PricingModel model) {
        return Price.of(CurrencyUnit.EUR, model);
    }

    private static Tier tier(String upTo, String unitPrice, String flat) {
        return new Tier(upTo == null ? null : dec(upTo), dec(unitPrice), dec(flat));
    }

    private static BigDecimal dec(String value) {
        return new BigDecimal(value);
    }
}
