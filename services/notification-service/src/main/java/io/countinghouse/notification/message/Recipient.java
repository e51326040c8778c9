package io.countinghouse.notification.message;

import java.net.IDN;
import java.util.regex.Pattern;

/**
 * An address that a mail can be sent to, as it is written on the wire: the domain as A-labels. Narrower than RFC 5322: no
 * quoting, no comments, nothing that could be a second address or a header. A local part beyond ASCII needs SMTPUTF8
 * (RFC 6531), which the SMTP client does not speak.
 */
public record Recipient(String local, String domain) {

    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST = 254;

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");
    private static final Pattern DOMAIN = Pattern.compile(
            "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    /** @throws IllegalArgumentException whose message is the rule that the text breaks */
    public static Recipient of(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("it is not a name, one '@' and a domain");
        }
        String local = text.substring(0, at);
        if (local.chars().anyMatch(character -> character > 0x7f)) {
            throw new IllegalArgumentException(
                    "it has characters beyond ASCII before the '@', which mail servers do not take");
        }
        if (local.length() > LONGEST_LOCAL || !LOCAL.matcher(local).matches()) {
            throw new IllegalArgumentException("before the '@' stand 1 to " + LONGEST_LOCAL
                    + " letters, digits and signs, unquoted, without a dot at an end or two in a row");
        }
        String domain = aLabels(text.substring(at + 1));
        if (!DOMAIN.matcher(domain).matches() || local.length() + 1 + domain.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "after the '@' stands a domain of two labels or more, and all of it has at" + " most " + LONGEST
                            + " characters");
        }
        return new Recipient(local, domain);
    }

    private static String aLabels(String domain) {
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + domain + "' is not a domain name", e);
        }
    }

    /** A domain has no letter case; few servers know one before the {@code @}. */
    boolean isSameAs(Recipient other) {
        return toString().equalsIgnoreCase(other.toString());
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
