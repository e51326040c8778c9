package io.countinghouse.defaults.audit;

import io.countinghouse.defaults.text.WellFormed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What audit-log-service takes, so that whatever the product itself reports can be recorded: an entry that is refused is
 * found out only after the change was committed. A test compares these numbers with its contract.
 */
final class Bounds {

    static final int ACTOR_ID = 200;
    static final int ACTION = 100;
    static final int RESOURCE_TYPE = 100;
    static final int RESOURCE_ID = 200;
    static final int IP = 100;
    static final int CORRELATION_ID = 200;

    // Details: twelve texts, each of whose characters may be written in six bytes, and their names, stay below the 64
    // KiB of an
    // entry.
    static final int DETAIL = 700;

    static final int DETAILS = 12;
    private static final int DETAIL_NAME = 100;
    private static final int ELEMENT = 45;
    private static final int ELEMENTS = 15;

    /** Hexadecimal digits of the hash that tells two texts apart whose beginnings are the same. */
    private static final int HASH = 32;

    private Bounds() {}

    /** The text, or its beginning and a hash of the whole. Half of a surrogate pair and NUL become question marks. */
    static String fit(String text, int most) {
        if (text == null) {
            return null;
        }
        String writable = WellFormed.isWellFormed(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '?');
        if (writable.length() <= most) {
            return writable;
        }
        int end = most - HASH - 1;
        if (Character.isHighSurrogate(writable.charAt(end - 1))) {
            end--;
        }
        return writable.substring(0, end) + "~" + sha256(text).substring(0, HASH);
    }

    /** Texts are cut as {@link #fit} does; beyond {@link #DETAILS} members the rest is counted. */
    static Map<String, Object> fit(Map<String, ?> details) {
        Map<String, Object> fitting = new LinkedHashMap<>();
        for (Map.Entry<String, ?> detail : details.entrySet()) {
            if (fitting.size() == DETAILS) {
                fitting.put("left_out", details.size() - DETAILS);
                break;
            }
            fitting.put(fit(detail.getKey(), DETAIL_NAME), fitting(detail.getValue()));
        }
        return fitting;
    }

    private static Object fitting(Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean flag -> flag;
            case Collection<?> values ->
                values.stream()
                        .limit(ELEMENTS)
                        .map(each -> fit(String.valueOf(each), ELEMENT))
                        .toList();
            default -> fit(value.toString(), DETAIL);
        };
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
