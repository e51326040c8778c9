package io.countinghouse.notification.template;

import java.util.AbstractList;
import java.util.regex.Pattern;

/**
 * A value that {@code {#if name}} takes for no: nothing, {@code false}, or zero. It prints and compares as the text that it
 * is; Qute asks a collection whether it is empty, and any other text whether it has characters.
 */
final class No extends AbstractList<String> {

    private static final Pattern NO = Pattern.compile("\\s*|false|[+-]?0+([.,]0+)?", Pattern.CASE_INSENSITIVE);

    private final String text;

    No(String text) {
        this.text = text;
    }

    static boolean isNo(String text) {
        return NO.matcher(text).matches();
    }

    @Override
    public String get(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other != null && text.equals(other.toString());
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
