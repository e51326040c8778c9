package io.countinghouse.invoice.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeAmountTest {

    @ParameterizedTest
    @CsvSource({"EUR 109.58,10958", "JPY 500,500", "KWD 1.230,1230", "ISK 5,500", "UGX 7,700", "MGA 12.00,12"})
    void isCountedInTheUnitOfStripesTable(String amount, String units) {
        assertThat(StripeAmount.of(Money.parse(amount))).isEqualTo(units);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MGA 12.20", "KWD 10.872", "BHD 0.001", "TND 5.005"})
    void aPartThatStripeDoesNotKnowIsNotRoundedAway(String amount) {
        assertThatThrownBy(() -> StripeAmount.of(Money.parse(amount))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void theCurrencyIsWrittenSmall() {
        assertThat(StripeAmount.currency(Money.parse("EUR 1.00"))).isEqualTo("eur");
    }
}
