package io.countinghouse.invoice.document;

import java.io.InputStream;
import java.lang.Character.UnicodeScript;
import java.text.Bidi;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A font of a script that Liberation Sans does not have; only those that a document needs are read, and subset into it. */
enum Typeface {
    JAPANESE("NotoSansJP", UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
    KOREAN("NotoSansKR", UnicodeScript.HANGUL),
    CHINESE("NotoSansSC", UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
    ARABIC("NotoSansArabic", UnicodeScript.ARABIC),
    DEVANAGARI("NotoSansDevanagari", UnicodeScript.DEVANAGARI),
    BENGALI("NotoSansBengali", UnicodeScript.BENGALI),
    GUJARATI("NotoSansGujarati", UnicodeScript.GUJARATI),
    GURMUKHI("NotoSansGurmukhi", UnicodeScript.GURMUKHI),
    TAMIL("NotoSansTamil", UnicodeScript.TAMIL),
    TELUGU("NotoSansTelugu", UnicodeScript.TELUGU),
    KANNADA("NotoSansKannada", UnicodeScript.KANNADA),
    MALAYALAM("NotoSansMalayalam", UnicodeScript.MALAYALAM),
    SINHALA("NotoSansSinhala", UnicodeScript.SINHALA),
    THAI("NotoSansThai", UnicodeScript.THAI),
    LAO("NotoSansLao", UnicodeScript.LAO),
    KHMER("NotoSansKhmer", UnicodeScript.KHMER),
    MYANMAR("NotoSansMyanmar", UnicodeScript.MYANMAR),
    GEORGIAN("NotoSansGeorgian", UnicodeScript.GEORGIAN),
    ARMENIAN("NotoSansArmenian", UnicodeScript.ARMENIAN),
    ETHIOPIC("NotoSansEthiopic", UnicodeScript.ETHIOPIC),
    EMOJI("NotoEmoji");

    private final String file;
    private final Set<UnicodeScript> scripts;

    Typeface(String file, UnicodeScript... scripts) {
        this.file = file;
        this.scripts = Set.of(scripts);
    }

    /**
     * The fonts for a text, in the order in which they are looked into. Han characters are written by three languages, each
     * with its own shapes: kana tell of Japanese, Hangul of Korean, then the country; else Chinese.
     *
     * @param country of the reader, ISO 3166-1; may be null
     */
    static Set<Typeface> of(String text, String country) {
        Set<UnicodeScript> found = EnumSet.noneOf(UnicodeScript.class);
        Set<Typeface> needed = EnumSet.noneOf(Typeface.class);
        text.codePoints().forEach(character -> {
            found.add(UnicodeScript.of(character));
            if (Character.isEmojiPresentation(character)) {
                needed.add(EMOJI);
            }
        });
        for (Typeface typeface : values()) {
            if (!Collections.disjoint(typeface.scripts, found)) {
                needed.add(typeface);
            }
        }
        if (needed.contains(CHINESE) && "JP".equals(country)) {
            needed.add(JAPANESE);
        }
        if (needed.contains(CHINESE) && "KR".equals(country)) {
            needed.add(KOREAN);
        }
        return needed;
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
