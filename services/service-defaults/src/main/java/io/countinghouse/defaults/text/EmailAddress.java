package io.countinghouse.defaults.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address that a mail server anywhere can be sent to, and the one spelling that all its other spellings have in
 * common.
 *
 * <p>The part before the {@code @} is a dot-atom of ASCII (RFC 5321 section 4.1.2), after NFKC, which makes ASCII of full-width
 * letters. Addresses beyond it need SMTPUTF8 (RFC 6531) at every server on the way, and could not be written to. The domain
 * has two labels or more and may be in any script; it is kept in the ASCII form of UTS 46 (non-transitional, as browsers do).
 * A label that mixes scripts in a way that no language does (UTS 39, highly restrictive) is refused: it is there to look like
 * another.
 *
 * @param deliverable with the letter case of its local part, which some servers tell apart
 * @param canonical equal for all spellings of one mailbox; compare and look up by it alone
 */
public record EmailAddress(String deliverable, String canonical) {

    public static final int LONGEST = 254;

    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*");
    private static final Pattern DOMAIN = Pattern.compile("([a-z0-9-]{1,63}\\.)+[a-z0-9-]*[a-z][a-z0-9-]*");

    private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

    /** NFKC and full case folding in one, without the characters that show nothing. */
    private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();

    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE);

    private static final SpoofChecker SCRIPTS = new SpoofChecker.Builder()
            .setChecks(SpoofChecker.RESTRICTION_LEVEL)
            .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
            .build();

    /** @throws IllegalArgumentException whose message is the rule that the text breaks */
    public static EmailAddress of(String text) {
        require(text.codePoints().noneMatch(EmailAddress::isInvisible), "must not hold characters that show nothing");
        String normalised = NFKC.normalize(text);
        int at = normalised.lastIndexOf('@');
        require(at > 0 && at < normalised.length() - 1, "must be a name, one '@' and a domain");
        String local = normalised.substring(0, at);
        require(
                StandardCharsets.US_ASCII.newEncoder().canEncode(local),
                "must have ASCII letters, digits and signs before the '@': mail servers take no others");
        require(
                local.length() <= LONGEST_LOCAL && LOCAL.matcher(local).matches(),
                "must have 1 to " + LONGEST_LOCAL
                        + " letters, digits or signs before the '@', unquoted, without a dot at"
                        + " an end or two in a row");
        String domain = domain(normalised.substring(at + 1));
        String deliverable = local + '@' + domain;
        require(deliverable.length() <= LONGEST, "must have at most " + LONGEST + " characters");
        return new EmailAddress(deliverable, deliverable.toLowerCase(Locale.ROOT));
    }

    /** The canonical spelling of any text, also of one that is not an address: nothing is refused. */
    public static String canonical(String text) {
        String folded = FOLD.normalize(text).strip();
        int at = folded.lastIndexOf('@');
        if (at < 0) {
            return folded;
        }
        IDNA.Info info = new IDNA.Info();
        StringBuilder ascii = new StringBuilder();
        UTS46.nameToASCII(folded.substring(at + 1), ascii, info);
        return info.hasErrors()
                ? folded
                : folded.substring(0, at + 1) + ascii.toString().toLowerCase(Locale.ROOT);
    }

    /** Whether two texts are spellings of one address. */
    public static boolean isSame(String one, String other) {
        return canonical(one).equals(canonical(other));
    }

    private static String domain(String text) {
        IDNA.Info info = new IDNA.Info();
        StringBuilder ascii = new StringBuilder();
        UTS46.nameToASCII(text, ascii, info);
        String domain = ascii.toString().toLowerCase(Locale.ROOT);
        require(
                !info.hasErrors()
                        && domain.length() <= LONGEST_DOMAIN
                        && DOMAIN.matcher(domain).matches(),
                "must have a domain name of two labels or more after the '@'");
        StringBuilder unicode = new StringBuilder();
        UTS46.nameToUnicode(domain, unicode, new IDNA.Info());
        for (String label : unicode.toString().split("\\.")) {
            require(!SCRIPTS.failsChecks(label), "must not mix scripts within a label of its domain");
        }
        return domain;
    }

    /** UTS 46 drops these from a domain without a word; it judges the two joiners by their context. */
    private static boolean isInvisible(int point) {
        return point != ZERO_WIDTH_NON_JOINER
                && point != ZERO_WIDTH_JOINER
                && UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    @Override
    public String toString() {
        return deliverable;
    }
}
