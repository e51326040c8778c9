package io.countinghouse.invoice.document;

import java.util.regex.Pattern;

/** Text that XML 1.0 can hold: a control character in a name must not make a document impossible. */
final class LegalText {
    /** Everything but the Char production of XML 1.0, section 2.2. */
    private static final Pattern ILLEGAL =
            Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private LegalText() {}

    /** With U+FFFD, the replacement character, in place of each character that XML cannot hold. */
    static String of(String text) {
        return ILLEGAL.matcher(text).replaceAll("\uFFFD");
    }
}
