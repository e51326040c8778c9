package io.countinghouse.notification.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Texts in headers of a mail (RFC 2047): what is not plain ASCII is cut into encoded words, each of whole characters and on a
 * line of its own.
 */
final class MailHeader {

    private static final String PREFIX = "=?UTF-8?B?";
    private static final String SUFFIX = "?=";

    /** A line has at most 76 characters when it holds encoded words: so many octets leave room for "Subject: ". */
    private static final int MOST_OCTETS = 39;

    private static final int LONGEST_LINE = 76;

    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7e]*");
    private static final Pattern ATOMS = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*");

    private MailHeader() {}

    /** @param name of the header, which stands on the first line */
    static String text(String name, String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && !text.contains("=?")
                && text.equals(text.strip())
                && name.length() + 2 + text.length() <= LONGEST_LINE;
        return plain ? text : encoded(text);
    }

    /** A name and an address, as in From. */
    static String mailbox(String name, String address) {
        if (ATOMS.matcher(name).matches() && !name.contains("=?") && name.equals(name.strip())) {
            return name.isEmpty() ? address : name + " <" + address + ">";
        }
        String shown = PLAIN.matcher(name).matches() && !name.contains("=?")
                ? '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : encoded(name);
        return shown + "\r\n <" + address + ">";
    }

    private static String encoded(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int octets = 0;
        for (int point : text.codePoints().toArray()) {
            String character = Character.toString(point);
            int more = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + more > MOST_OCTETS) {
                words.add(word.toString());
                word.setLength(0);
                octets = 0;
            }
            word.append(character);
            octets += more;
        }
        words.add(word.toString());
        return String.join(
                "\r\n ",
                words.stream()
                        .map(one -> PREFIX
                                + Base64.getEncoder().encodeToString(one.getBytes(StandardCharsets.UTF_8))
                                + SUFFIX)
                        .toList());
    }
}
