package io.countinghouse.defaults.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;

/** Whether a text can be stored and sent: it has a UTF-8 form (no half of a surrogate pair alone) and no NUL. */
public final class WellFormed {

    private WellFormed() {}

    public static boolean isWellFormed(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                return false;
            }
            if (Character.isSurrogate(unit)) {
                boolean pair = Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** The same for what the percent-encodings of a path and query stand for; each must be whole, too. */
    public static boolean isWellFormedUri(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) != '%') {
                continue;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (i < raw.length() && raw.charAt(i) == '%') {
                int value = i + 2 < raw.length() ? hex(raw.charAt(i + 1), raw.charAt(i + 2)) : -1;
                if (value <= 0) {
                    return false;
                }
                bytes.write(value);
                i += 3;
            }
            i--;
            if (!isUtf8(bytes.toByteArray())) {
                return false;
            }
        }
        return true;
    }

    /** Strictly: neither replaced nor half of a surrogate pair. */
    public static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether texts can be read in a charset of this name. */
    public static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name.strip());
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    private static int hex(char high, char low) {
        int upper = Character.digit(high, 16);
        int lower = Character.digit(low, 16);
        return high > 'f' || low > 'f' || upper < 0 || lower < 0 ? -1 : upper << 4 | lower;
    }
}
