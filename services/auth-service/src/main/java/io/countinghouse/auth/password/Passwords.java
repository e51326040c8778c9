package io.countinghouse.auth.password;

import io.countinghouse.defaults.text.EmailAddress;
import java.text.Normalizer;

/**
 * Which passwords are accepted. Length alone makes a password strong (NIST SP 800-63B), so nothing is asked about its
 * characters. Normalised to NFKC first: the same password typed on another keyboard must give the same bytes.
 */
public final class Passwords {

    private static final int MIN_LENGTH = 12;
    // Argon2 takes any length; a bound keeps the cost of reading one bounded.
    private static final int MAX_LENGTH = 128;

    private Passwords() {}

    public static String normalise(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /** The normalised password, or a 400 problem that never quotes the password. */
    public static String accept(String password, String email) {
        String normalised = normalise(password);
        int length = normalised.codePointCount(0, normalised.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw refused("must have %d to %d characters, has %d".formatted(MIN_LENGTH, MAX_LENGTH, length));
        }
        if (EmailAddress.isSame(normalised, email)) {
            throw refused("must not be the e-mail address");
        }
        return normalised;
    }

    private static WeakPasswordException refused(String rule) {
        return new WeakPasswordException(rule);
    }
}
