package io.countinghouse.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countinghouse.billing.rating.PricingModel.Flat;
import io.countinghouse.billing.rating.PricingModel.Graduated;
import io.countinghouse.billing.rating.PricingModel.Package;
import io.countinghouse.billing.rating.PricingModel.PerUnit;
import io.countinghouse.billing.rating.PricingModel.Percentage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

class PricingModelTest {
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal MINUS = new BigDecimal("-0.01");

    @Test
    void tiersMustRise() {
        // When
        var refused = refused(() -> new Graduated(List.of(tier("10"), tier("10"), tier(null)), false));
        // Then
        assertThat(refused.field()).isEqualTo("tiers");
        assertThat(refused).hasMessage("tier 2 ends at 10, must be above 10");
    }

    @Test
    void onlyTheLastTierMayBeOpen() {
        // When
        var refused = refused(() -> new Graduated(List.of(tier(null), tier("10")), false));
        // Then
        assertThat(refused).hasMessage("tier 1 has no up_to, only the last of 2 may");
    }

    @Test
    void aPriceNeedsATier() {
        // When
        var refused = refused(() -> new PricingModel.Volume(List.of(), false));
        // Then
        assertThat(refused.field()).isEqualTo("tiers");
    }

    @Test
    void noAmountIsNegative() {
        // When
        var flat = refused(() -> new Flat(MINUS, true));
        // Then
        assertThat(flat).hasMessage("amount is -0.01, must not be negative");
        assertThat(refused(() -> new PerUnit(MINUS)).field()).isEqualTo("unit_price");
        assertThat(refused(() -> new Tier(ONE, ONE, MINUS)).field()).isEqualTo("tiers");
        assertThat(refused(() -> new Package(ONE, MINUS, ONE)).field()).isEqualTo("package_price");
        assertThat(refused(() -> new Percentage(MINUS, null, null, null, null, null))
                        .field())
                .isEqualTo("rate_percent");
    }

    @Test
    void aPackageHoldsSomething() {
        // When
        var refused = refused(() -> new Package(BigDecimal.ZERO, ONE, null));
        // Then
        assertThat(refused).hasMessage("package_size is 0, must be greater than 0");
    }

    @Test
    void theMinimumOfATransactionDoesNotExceedItsMaximum() {
        // When
        var refused = refused(() -> new Percentage(ONE, null, null, null, BigDecimal.TEN, ONE));
        // Then
        assertThat(refused.field()).isEqualTo("per_transaction_min");
    }

    @Test
    void aPriceNamesADirectionOfRounding() {
        // When
        var refused = refused(() -> new Price(CurrencyUnit.EUR, new PerUnit(ONE), RoundingMode.UNNECESSARY));
        // Then
        assertThat(refused.field()).isEqualTo("rounding");
        assertThat(new Price(CurrencyUnit.EUR, new PerUnit(ONE), null).rounding())
                .isEqualTo(RoundingMode.HALF_UP);
    }

    private static Tier tier(String upTo) {
        return new Tier(upTo == null ? null : new BigDecimal(upTo), ONE, null);
    }

    private static InvalidPriceException refused(ThrowingCallable making) {
        return catchThrowableOfType(InvalidPriceException.class, making);
    }
}
