import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Runs one SQL statement, for tests on machines without psql: java Sql.java HOST:PORT/DATABASE USER SQL, the password in
 * PGPASSWORD. Prints the first column of each row.
 */
class Sql {
    public static void main(String[] arguments) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + arguments[0], arguments[1], System.getenv("PGPASSWORD"));
                var statement = connection.createStatement()) {
            if (statement.execute(arguments[2])) {
                for (var rows = statement.getResultSet(); rows.next(); ) {
                    System.out.println(rows.getString(1));
                }
            }
        }
    }
}
