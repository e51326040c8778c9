package io.countinghouse.operations.database;

import io.countinghouse.operations.RefusedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether a server has as many connections as an installation may open. */
public final class ConnectionBudget {

    private ConnectionBudget() {}

    /**
     * @param budget what all pods, those of a rolling upgrade and the Jobs may open together
     * @return what was compared, for whoever reads the log
     * @throws RefusedException when the server has fewer, with what to change
     */
    public static String check(Connection connection, int budget) throws SQLException {
        int most = setting(connection, "max_connections");
        int reserved =
                setting(connection, "superuser_reserved_connections") + setting(connection, "reserved_connections");
        if (budget > most - reserved) {
            throw new RefusedException(
                    "this installation may open up to " + budget
                            + " connections, and the server has " + (most - reserved)
                            + " for applications (max_connections "
                            + most + ", of which " + reserved + " are reserved): raise max_connections to at least "
                            + (budget + reserved)
                            + ", lower the size of the pools or the number of pods, or put a pooler in front. Nothing was changed.");
        }
        return "up to " + budget + " of the server's " + (most - reserved) + " connections";
    }

    private static int setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('" + name + "', true)::int")) {
            row.next();
            return row.getInt(1);
        }
    }
}
