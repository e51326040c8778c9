package io.countinghouse.invoice.document;

import java.io.InputStream;
import java.lang.Character.UnicodeScript;
import java.text.Bidi;
import java.util.EnumSet;
import java.util.Set;

/** A font of a script that Liberation Sans does not have; only those that a document needs are read, and subset into it. */
enum Typeface {
    JAPANESE("NotoSansJP"),
    KOREAN("NotoSansKR"),
    CHINESE("NotoSansSC"),
    ARABIC("NotoSansArabic"),
    DEVANAGARI("NotoSansDevanagari"),
    THAI("NotoSansThai");

    private final String file;

    Typeface(String file) {
        this.file = file;
    }

    /**
     * The fonts for a text, in the order in which they are looked into. Han characters are written by three languages, each
     * with its own shapes: kana tell of Japanese, Hangul of Korean, then the country; else Chinese.
     *
     * @param country of the reader, ISO 3166-1; may be null
     */
    static Set<Typeface> of(String text, String country) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        text.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        boolean han = scripts.contains(UnicodeScript.HAN) || scripts.contains(UnicodeScript.BOPOMOFO);
        boolean kana = scripts.contains(UnicodeScript.HIRAGANA) || scripts.contains(UnicodeScript.KATAKANA);
        boolean hangul = scripts.contains(UnicodeScript.HANGUL);
        Set<Typeface> needed = EnumSet.noneOf(Typeface.class);
        addIf(kana || han && "JP".equals(country), JAPANESE, needed);
        addIf(hangul || han && "KR".equals(country), KOREAN, needed);
        addIf(han, CHINESE, needed);
        addIf(scripts.contains(UnicodeScript.ARABIC), ARABIC, needed);
        addIf(scripts.contains(UnicodeScript.DEVANAGARI), DEVANAGARI, needed);
        addIf(scripts.contains(UnicodeScript.THAI), THAI, needed);
        return needed;
    }

    private static void addIf(boolean isNeeded, Typeface typeface, Set<Typeface> needed) {
        if (isNeeded) {
            needed.add(typeface);
        }
    }

    /** Whether a text has letters that are read from the right; Hebrew ones are in Liberation Sans. */
    static boolean isRightToLeft(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    String family() {
        return file;
    }

    InputStream open() {
        return Typeface.class.getResourceAsStream("/fonts/" + file + "-Regular.ttf");
    }
}
