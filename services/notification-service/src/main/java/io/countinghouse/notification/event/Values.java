package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.defaults.problem.ProblemException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.joda.money.Money;

/** Values of events as people read them. */
final class Values {

    private static final int LONGEST_NAME = 80;

    /** Control and format characters, which turn or hide what stands around them, and whatever is no character. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");

    private static final Pattern LINK = Pattern.compile("://|\\bwww\\.|@|\\bmailto:|\\btel:", Pattern.CASE_INSENSITIVE);

    /** The dot of what may be a domain name: words on both sides of it, and not single letters as in S.A. */
    private static final Pattern DOMAIN =
            Pattern.compile("(?<=[\\p{L}\\p{N}-]{2})[.\u3002\uff0e\uff61](?=[\\p{L}\\p{N}]{2})");

    private Values() {}

    /** The day in UTC, as ISO 8601 writes it: the same for every reader. */
    static String day(Instant instant) {
        return instant == null
                ? ""
                : instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    static String amount(Money money) {
        return money.getAmount().toPlainString();
    }

    /**
     * A name that a stranger chose, as it may stand in a mail to an address that nobody has verified: in one line, not long,
     * and with nothing that a mail program makes a link of.
     *
     * @param otherwise for a name that shows nothing, or is itself a link
     */
    static String name(String name, String otherwise) {
        if (name == null) {
            return otherwise;
        }
        String line = INVISIBLE.matcher(name).replaceAll(" ").strip().replaceAll("\\s+", " ");
        if (line.isEmpty() || LINK.matcher(line).find()) {
            return otherwise;
        }
        String apart = DOMAIN.matcher(line).replaceAll(". ");
        return apart.codePointCount(0, apart.length()) <= LONGEST_NAME
                ? apart
                : apart.substring(0, apart.offsetByCodePoints(0, LONGEST_NAME - 1))
                                .strip() + "…";
    }

    /** A number of a document as the name of a file, for any file system. */
    static String fileName(String number) {
        return number.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    static <T> T require(ReceivedEvent event, String field, T value) {
        if (value == null) {
            throw ProblemException.unprocessable(
                    "event-data", "Event '" + event.id() + "' of type " + event.type() + " has no " + field + ".");
        }
        return value;
    }
}
