package io.countinghouse.billing.profile;

import io.countinghouse.billing.input.IsoCountry;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tax identifiers. One that begins with the prefix of a country is a VAT identifier and is kept as EN 16931 wants it
 * (BR-CO-09): capitals without spaces. Any other is a number of a national register and is kept as it was written.
 */
final class TaxId {
    private static final Pattern SEPARATORS = Pattern.compile("[\\s.\\-]");
    /** A digit is among what follows the letters: no word is mistaken for an identifier. */
    private static final Pattern PREFIXED = Pattern.compile("[A-Z]{2}(?=.*[0-9])[0-9A-Z+*/]{2,48}");

    private TaxId() {}

    static String of(String written, String country) {
        if (written == null) {
            return null;
        }
        String plain = SEPARATORS.matcher(written).replaceAll("").toUpperCase(Locale.ROOT);
        if (!PREFIXED.matcher(plain).matches()) {
            return written;
        }
        String prefix = plain.substring(0, 2);
        // Greece is GR for ISO and EL for VAT.
        if (prefix.equals("GR") && (country == null || country.equals("GR"))) {
            return "EL" + plain.substring(2);
        }
        return prefix.equals("EL") || prefix.equals("XI") || IsoCountry.Validator.knows(prefix) ? plain : written;
    }
}
