package io.countinghouse.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.billing.rating.PricingModel.Flat;
import io.countinghouse.billing.rating.PricingModel.Graduated;
import io.countinghouse.billing.rating.PricingModel.Package;
import io.countinghouse.billing.rating.PricingModel.PerUnit;
import io.countinghouse.billing.rating.PricingModel.Percentage;
import io.countinghouse.billing.rating.PricingModel.Volume;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingTest {
    private static final Graduated SEATS =
            new Graduated(List.of(tier("10", "10", "2"), tier("20", "5", "3"), tier(null, "5", "3")), false);
    private static final Volume CALLS =
            new Volume(List.of(tier("100", "2", "10"), tier("200", "1", "0"), tier(null, "0.5", "50")), false);

    @ParameterizedTest
    @CsvSource({"0,0", "1,12", "10,102", "10.5,107.5", "11,110", "20,155", "21,163"})
    void graduatedChargesEachUnitByItsTier(String quantity, String expected) {
        // When
        Charge charge = rate(SEATS, quantity);
        // Then
        assertThat(charge.exact()).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,12", "100,210", "100.5,100.5", "200,200", "200.000001,150.0000005", "300,200"})
    void volumeChargesAllUnitsByOneTier(String quantity, String expected) {
        // When
        Charge charge = rate(CALLS, quantity);
        // Then
        assertThat(charge.exact()).isEqualByComparingTo(expected);
    }

    @Test
    void theFlatFeeOfTheFirstTierIsDueAtZeroOnlyWhenThePriceSaysSo() {
        // Given
        Volume due = new Volume(CALLS.tiers(), true);
        // When
        Charge charge = rate(due, "0");
        // Then
        assertThat(charge.exact()).isEqualByComparingTo("10");
        assertThat(rate(new Graduated(SEATS.tiers(), true), "0").exact()).isEqualByComparingTo("2");
        assertThat(rate(CALLS, "0").breakdown()).isEmpty();
    }

    @Test
    void aQuantityBeyondABoundedLastTierIsRefused() {
        // Given
        List<Tier> bounded = List.of(tier("10", "1.5", "0"), tier("110", "1", "0"), tier("1110", "0.5", "0"));
        // When
        Charge last = rate(new Graduated(bounded, false), "1110");
        // Then
        assertThat(last.exact()).isEqualByComparingTo("615");
        assertThatThrownBy(() -> rate(new Graduated(bounded, false), "1110.1"))
                .isInstanceOf(UnratableUsageException.class)
                .hasMessageContaining("1110.1")
                .hasMessageContaining("ends at 1110");
        assertThatThrownBy(() -> rate(new Volume(bounded, false), "2000")).isInstanceOf(UnratableUsageException.class);
    }

    @ParameterizedTest
    @CsvSource({"121,0,1300", "121,10,1200", "121,200,0", "120,0,1200", "120.0001,0,1300", "0,0,0"})
    void aPackageThatWasBegunIsPaidInFull(String quantity, String free, String expected) {
        // When
        Charge charge = rate(new Package(dec("10"), dec("100"), dec(free)), quantity);
        // Then
        assertThat(charge.exact()).isEqualByComparingTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"3,250,11.15", "3,-,7.2", "-,-,18.4", "-,250,11.15", "0,-,18.4", "9,-,0"})
    void whicheverFreeLimitIsHitFirstEndsTheFreePart(Integer events, BigDecimal amount, String expected) {
        // Given
        Percentage model = new Percentage(dec("1.3"), dec("2"), events, amount, null, null);
        // When
        Charge charge = rateEvents(model, "50", "100", "250", "400");
        // Then
        assertThat(charge.exact()).isEqualByComparingTo(expected);
    }

    @Test
    void aPercentageIsBoundedPerTransaction() {
        // Given
        Percentage model = new Percentage(dec("2.99"), null, null, null, dec("1.75"), dec("12"));
        // When
        Charge charge = rateEvents(model, "10", "80", "10000");
        // Then
        assertThat(charge.exact()).isEqualByComparingTo("16.142");
        assertThat(charge.amount()).isEqualTo(Money.parse("EUR 16.14"));
        assertThat(charge.breakdown()).extracting(Charge.Part::unit).containsExactly("percent", "event", "event");
    }

    @Test
    void aPercentageOfANegativeValueIsRefused() {
        // Given
        Percentage model = new Percentage(dec("1"), null, null, null, null, null);
        // When
        var refused = assertThatThrownBy(() -> rateEvents(model, "100", "-1"));
        // Then
        refused.isInstanceOf(UnratableUsageException.class).hasMessageContaining("-1");
    }

    @Test
    void aNegativeQuantityIsRefused() {
        // When
        var refused = assertThatThrownBy(() -> rate(new PerUnit(dec("1")), "-3"));
        // Then
        refused.isInstanceOf(UnratableUsageException.class).hasMessageContaining("-3");
    }

    @Test
    void aFlatFeeForPartOfAMonthIsDividedOnceAndRoundedAtTheLine() {
        // Given
        Usage usage = Usage.none().over(new Proration(17, 31));
        // When
        Charge charge = Rating.rate(euro(new Flat(dec("20"), true)), usage);
        // Then
        assertThat(charge.amount()).isEqualTo(Money.parse("EUR 10.97"));
        assertThat(charge.breakdown().getFirst().quantity()).isEqualByComparingTo("0.548387097");
        assertThat(Rating.rate(euro(new Flat(dec("20"), false)), usage).amount())
                .isEqualTo(Money.parse("EUR 20.00"));
    }

    @ParameterizedTest
    @CsvSource({"HALF_UP,0.13", "HALF_EVEN,0.12", "UP,0.13", "DOWN,0.12", "FLOOR,0.12", "CEILING,0.13"})
    void theLineIsRoundedAsThePriceDeclares(RoundingMode rounding, String expected) {
        // Given
        Price price = new Price(CurrencyUnit.EUR, new PerUnit(dec("0.125")), rounding);
        // When
        Charge charge = Rating.rate(price, Usage.of(BigDecimal.ONE));
        // Then
        assertThat(charge.amount().getAmount()).isEqualByComparingTo(expected);
        assertThat(charge.exact()).isEqualByComparingTo("0.125");
    }

    @Test
    void theScaleIsThatOfTheCurrency() {
        // Given
        PerUnit model = new PerUnit(dec("0.4567"));
        // When
        Charge yen = Rating.rate(Price.of(CurrencyUnit.JPY, model), Usage.of(dec("10")));
        Charge dinar = Rating.rate(Price.of(CurrencyUnit.of("KWD"), model), Usage.of(dec("10")));
        // Then
        assertThat(yen.amount()).isEqualTo(Money.parse("JPY 5"));
        assertThat(dinar.amount()).isEqualTo(Money.parse("KWD 4.567"));
    }

    @Test
    void thePartsExplainTheLine() {
        // When
        Charge charge = rate(SEATS, "21");
        // Then
        assertThat(charge.breakdown()).hasSize(3);
        Charge.Part last = charge.breakdown().getLast();
        assertThat(last.from()).isEqualByComparingTo("20");
        assertThat(last.to()).isNull();
        assertThat(last.quantity()).isEqualByComparingTo("1");
        assertThat(last.amount()).isEqualByComparingTo("8");
        assertThat(charge.breakdown().stream().map(Charge.Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(charge.exact());
    }

    @Test
    void theDemoPlanComesOutToTheCent() {
        // Given
        Graduated input = new Graduated(
                List.of(tier("1000000", "0", "0"), tier("10000000", "0.0000025", "0"), tier(null, "0.00000175", "0")),
                false);
        Package output = new Package(dec("1000"), dec("0.012"), null);
        Volume requests = new Volume(
                List.of(tier("5000", "0.0005", "0"), tier("10000", "0.0004", "0"), tier(null, "0.0003", "0")), false);
        // When
        List<Money> lines = Stream.of(
                        rate(new Flat(dec("49.00"), true), "0"),
                        rate(input, "18059974"),
                        rate(output, "245896"),
                        rate(requests, "8819"))
                .map(Charge::amount)
                .toList();
        // Then
        assertThat(lines)
                .containsExactly(
                        Money.parse("EUR 49.00"),
                        Money.parse("EUR 36.60"),
                        Money.parse("EUR 2.95"),
                        Money.parse("EUR 3.53"));
        assertThat(Money.total(lines)).isEqualTo(Money.parse("EUR 92.08"));
    }

    private static Charge rate(PricingModel model, String quantity) {
        return Rating.rate(euro(model), Usage.of(dec(quantity)));
    }

    private static Charge rateEvents(PricingModel model, String... values) {
        return Rating.rate(
                euro(model),
                Usage.ofEvents(Stream.of(values).map(BigDecimal::new).toList()));
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
