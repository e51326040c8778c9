package io.countinghouse.invoice.payment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import org.joda.money.Money;

/**
 * An amount as Stripe counts it: in the smallest unit of the currency, but for a few whose smallest unit Stripe takes to be
 * another than ISO 4217 does. Of three decimals, Stripe takes two: the last digit must be 0. Source:
 * https://docs.stripe.com/currencies, "zero-decimal currencies", "three-decimal currencies" and "special cases".
 */
final class StripeAmount {

    /** Places after the decimal point, where they are not those of ISO 4217. */
    private static final Map<String, Integer> PLACES = Map.of("ISK", 2, "UGX", 2, "MGA", 0);

    private static final int THREE_DECIMALS = 3;

    private StripeAmount() {}

    /** @throws ArithmeticException when the amount has a part that Stripe cannot take */
    static String of(Money money) {
        int places = PLACES.getOrDefault(
                money.getCurrencyUnit().getCode(), money.getCurrencyUnit().getDecimalPlaces());
        BigDecimal units = money.getAmount().movePointRight(places);
        BigInteger whole = units.toBigIntegerExact();
        if (places == THREE_DECIMALS && whole.mod(BigInteger.TEN).signum() != 0) {
            throw new ArithmeticException(money + " has three decimals, Stripe takes two");
        }
        return whole.toString();
    }

    static String currency(Money money) {
        return money.getCurrencyUnit().getCode().toLowerCase(Locale.ROOT);
    }
}
