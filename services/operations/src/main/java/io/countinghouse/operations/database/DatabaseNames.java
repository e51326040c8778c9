package io.countinghouse.operations.database;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.util.regex.Pattern;

/**
 * What the databases and roles of an installation are called on its server. Several installations share a server when each has
 * a prefix of its own.
 *
 * @param prefix before each name, such as {@code staging_}; empty in an installation that has its server alone
 */
public record DatabaseNames(String prefix) {

    public static final String VARIABLE = "COUNTINGHOUSE_DATABASE_PREFIX";

    /** The names stand in SQL as they are; the longest, notification_service_owner, must fit into PostgreSQL's 63 bytes. */
    private static final Pattern ALLOWED = Pattern.compile("([a-z][a-z0-9_]{0,29})?");

    /** Names without a prefix. */
    public static final DatabaseNames PLAIN = new DatabaseNames("");

    public DatabaseNames {
        if (!ALLOWED.matcher(prefix).matches()) {
            throw new OperationException(VARIABLE + " is '" + prefix
                    + "'; it begins with a letter and has at most 30 small letters, digits and '_'");
        }
    }

    /** As the environment says. */
    public static DatabaseNames configured() {
        String prefix = System.getenv(VARIABLE);
        return prefix == null ? PLAIN : new DatabaseNames(prefix);
    }

    public String database(ServiceName service) {
        return prefix + service.database();
    }

    public String ownerRole(ServiceName service) {
        return prefix + service.ownerRole();
    }

    public String applicationRole(ServiceName service) {
        return prefix + service.applicationRole();
    }
}
