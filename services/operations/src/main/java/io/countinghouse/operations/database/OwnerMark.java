package io.countinghouse.operations.database;

import io.countinghouse.operations.OperationException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which installation a database belongs to, as its comment says: backups and operators keep a comment, everybody can read it,
 * and only the owner can change it. An administrator's own words may stand before it.
 */
final class OwnerMark {

    private static final String WORDS = "countinghouse installation: ";
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,99}");

    /** Means the same to PostgreSQL. */
    static final Pattern FOUND = Pattern.compile(WORDS + "(\\S+)");

    private OwnerMark() {}

    static String of(String installation) {
        if (!ALLOWED.matcher(installation).matches()) {
            throw new OperationException("the installation is called '" + installation
                    + "'; it has at most 100 letters, digits and . _ / : @ -");
        }
        return WORDS + installation;
    }

    /** @param comment of the database, or null */
    static Optional<String> in(String comment) {
        Matcher found = FOUND.matcher(comment == null ? "" : comment);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
