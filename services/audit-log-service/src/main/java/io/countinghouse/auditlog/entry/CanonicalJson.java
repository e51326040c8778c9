package io.countinghouse.auditlog.entry;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as RFC 8785 (JCS) fixes it: members sorted by UTF-16 code units, no white space, shortest escapes, UTF-8. Numbers
 * are written as strings: no two readers then disagree about their digits, and the hard part of JCS is not needed.
 */
final class CanonicalJson {

    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /**
     * @param members values are text, numbers, booleans, null, maps and collections of these
     * @throws IllegalArgumentException for text that has no UTF-8 form (a lone surrogate) or holds U+0000, which
     *     PostgreSQL cannot keep
     */
    static byte[] bytes(Map<String, ?> members) {
        var json = new CanonicalJson();
        json.writeObject(members);
        return json.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(Object value) {
        switch (value) {
            case null -> out.append("null");
            case Boolean truth -> out.append(truth.booleanValue());
            case Map<?, ?> members -> writeObject(members);
            case Collection<?> elements -> writeArray(elements);
            // Its toString would be 1.5E-7 for one sender's 0.00000015; bounded when it was read.
            case BigDecimal number -> writeString(number.toPlainString());
            default -> writeString(value.toString());
        }
    }

    private void writeObject(Map<?, ?> members) {
        var sorted = new TreeMap<String, Object>();
        members.forEach((name, value) -> sorted.put(name.toString(), value));
        out.append('{');
        for (Iterator<Map.Entry<String, Object>> each = sorted.entrySet().iterator(); each.hasNext(); ) {
            var member = each.next();
            writeString(member.getKey());
            out.append(':');
            write(member.getValue());
            if (each.hasNext()) {
                out.append(',');
            }
        }
        out.append('}');
    }

    private void writeArray(Collection<?> elements) {
        out.append('[');
        for (Iterator<?> each = elements.iterator(); each.hasNext(); ) {
            write(each.next());
            if (each.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }

    private void writeString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    requireWritable(text, i);
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void requireWritable(String text, int i) {
        char c = text.charAt(i);
        boolean paired = Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : !Character.isLowSurrogate(c) || i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        if (c == 0 || !paired) {
            throw new IllegalArgumentException(
                    String.format("the character U+%04X at position %d cannot be recorded", (int) c, i));
        }
    }
}
