package io.countinghouse.billing.profile;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tax identifiers. One that begins with the prefix of the customer's country is a VAT identifier and is kept as EN 16931
 * wants it (BR-CO-09): capitals without spaces. Any other is a number of a national register and is kept as it was written.
 */
final class TaxId {
    private static final Pattern SEPARATORS = Pattern.compile("[\\s.\\-]");
    /** A digit is among what follows the letters: no word is mistaken for an identifier. */
    private static final Pattern PREFIXED = Pattern.compile("[A-Z]{2}(?=.*[0-9])[0-9A-Z+*/]{2,48}");

    private TaxId() {}

    static String of(String written, String country) {
        if (written == null || country == null) {
            return written;
        }
        String plain = SEPARATORS.matcher(written).replaceAll("").toUpperCase(Locale.ROOT);
        if (!PREFIXED.matcher(plain).matches() || !prefixes(country).contains(plain.substring(0, 2))) {
            return written;
        }
        return plain.startsWith("GR") ? "EL" + plain.substring(2) : plain;
    }

    /** Greece is GR for ISO and EL for VAT; Northern Ireland is a part of GB and writes XI. */
    private static Set<String> prefixes(String country) {
        return switch (country) {
            case "GR" -> Set.of("EL", "GR");
            case "GB" -> Set.of("GB", "XI");
            default -> Set.of(country);
        };
    }
}
