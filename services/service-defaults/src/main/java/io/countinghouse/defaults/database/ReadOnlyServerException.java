package io.countinghouse.defaults.database;

import java.sql.SQLException;

/** The server takes no writes: it is a standby, or somebody made it read-only. Says so as PostgreSQL would at the first write. */
public final class ReadOnlyServerException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** PostgreSQL's "read only sql transaction". */
    public static final String STATE = "25006";

    public ReadOnlyServerException() {
        super("the database takes no writes just now", STATE);
    }
}
