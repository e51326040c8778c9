package io.countinghouse.auth.password;

import com.nulabinc.zxcvbn.Zxcvbn;
import io.countinghouse.defaults.text.EmailAddress;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which passwords are accepted: long ones that take many guesses, with no rule about their characters (NIST SP 800-63B section
 * 3.1.1.2). Guesses are those of zxcvbn (Wheeler, USENIX Security 2016), which knows common passwords, words, names, dates,
 * repetitions, sequences and rows of the keyboard, also capitalised or with digits for letters. Normalised to NFKC first: the
 * same password typed on another keyboard must give the same bytes.
 */
public final class Passwords {

    private static final int MIN_LENGTH = 12;
    // Argon2 takes any length; a bound keeps the cost of reading one bounded.
    private static final int MAX_LENGTH = 128;

    /** A year of guessing at what the throttle lets through is a ten-thousandth of this; twelve random letters take 10^12. */
    private static final double FEWEST_GUESSES = 1e9;

    /** Estimating takes time in the square of the length; what is hard to guess by here is hard to guess with more behind it. */
    private static final int ESTIMATED_LENGTH = 32;

    /** Rows of keyboards that zxcvbn does not know (QWERTZ, AZERTY, JCUKEN), and the product's own name. */
    private static final List<String> KNOWN_TO_ALL = List.of(
            "countinghouse",
            "qwertzuiop",
            "yxcvbnm",
            "azertyuiop",
            "qsdfghjklm",
            "wxcvbn",
            "\u0439\u0446\u0443\u043a\u0435\u043d\u0433\u0448\u0449\u0437\u0445\u044a",
            "\u0444\u044b\u0432\u0430\u043f\u0440\u043e\u043b\u0434\u0436\u044d",
            "\u044f\u0447\u0441\u043c\u0438\u0442\u044c\u0431\u044e");

    private static final Zxcvbn ESTIMATOR = new Zxcvbn();

    private Passwords() {}

    public static String normalise(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /**
     * The normalised password, or a 400 problem that never quotes the password.
     *
     * @param names of the person and the organisation, which whoever guesses knows
     */
    public static String accept(String password, String email, String... names) {
        String normalised = normalise(password);
        int length = normalised.codePointCount(0, normalised.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw refused("must have %d to %d characters, has %d".formatted(MIN_LENGTH, MAX_LENGTH, length));
        }
        if (EmailAddress.isSame(normalised, email)) {
            throw refused("must not be the e-mail address");
        }
        String estimated =
                normalised.substring(0, normalised.offsetByCodePoints(0, Math.min(length, ESTIMATED_LENGTH)));
        if (estimated.isBlank()
                || ESTIMATOR.measure(estimated, known(email, names)).getGuesses() < FEWEST_GUESSES) {
            throw refused(
                    "is easy to guess: it is a common one, repeats itself, follows the alphabet or the keyboard, or is"
                            + " made of a name, an address or a date");
        }
        return normalised;
    }

    /** Whole and in parts: "ada.lovelace@example.com" and "Ada Lovelace" as "ada" and "lovelace", too. */
    private static List<String> known(String email, String... names) {
        List<String> known = new ArrayList<>(KNOWN_TO_ALL);
        List<String> own = new ArrayList<>(List.of(names));
        own.add(email);
        own.add(email.substring(0, Math.max(0, email.lastIndexOf('@'))));
        for (String text : own) {
            known.add(normalise(text));
            known.addAll(List.of(normalise(text).split("[^\\p{L}\\p{N}]+")));
        }
        known.removeIf(word -> word.length() < 3);
        return known;
    }

    private static WeakPasswordException refused(String rule) {
        return new WeakPasswordException(rule);
    }
}
