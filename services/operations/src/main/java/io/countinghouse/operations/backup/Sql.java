package io.countinghouse.operations.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Questions that have one answer, or ought to have none. */
final class Sql {

    private Sql() {}

    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static String text(Connection connection, String query) throws SQLException {
        return texts(connection, query).getFirst();
    }

    static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** @param violations selects a sentence for each row that breaks the rule; the first becomes the message */
    static void none(Connection connection, String violations) throws SQLException {
        List<String> found = texts(connection, violations);
        if (!found.isEmpty()) {
            throw new ViolationException(
                    found.getFirst() + (found.size() == 1 ? "" : " (and " + (found.size() - 1) + " more)"));
        }
    }
}
