package io.countinghouse.operations.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** As much of psql as the script uses: statements over several lines, {@code \gexec}, {@code \connect} and {@code \set}. */
final class Psql {

    private Psql() {}

    static void run(PasswordServer server, String script) throws SQLException {
        Connection connection = server.administrator();
        try {
            StringBuilder statement = new StringBuilder();
            boolean quoted = false;
            for (String line : script.lines().toList()) {
                if (line.startsWith("\\connect ")) {
                    connection.close();
                    connection = server.administrator(line.substring("\\connect ".length()));
                } else if (!line.startsWith("\\set ") && !line.startsWith("--")) {
                    quoted ^= line.split("\\$\\$", -1).length % 2 == 0;
                    statement.append(line).append('\n');
                    if (line.endsWith("\\gexec")) {
                        String made = statement.substring(0, statement.length() - "\\gexec\n".length());
                        List<String> results = Schema.texts(connection, made);
                        for (String result : results) {
                            execute(connection, result);
                        }
                        statement.setLength(0);
                    } else if (line.endsWith(";") && !quoted) {
                        execute(connection, statement.toString());
                        statement.setLength(0);
                    }
                }
            }
        } finally {
            connection.close();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
