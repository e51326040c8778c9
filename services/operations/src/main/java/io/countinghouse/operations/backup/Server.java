package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A PostgreSQL server on this machine.
 *
 * @param password of its superuser; empty where the server trusts it, as that of older data folders does
 */
record Server(int port, String password) {

    private static final String SUPERUSER = "postgres";

    Connection connect(ServiceName service) {
        return connect(service.database());
    }

    Connection connect(String database) {
        String url = "jdbc:postgresql://localhost:" + port + "/" + database;
        try {
            return DriverManager.getConnection(url, SUPERUSER, password);
        } catch (SQLException e) {
            throw new OperationException("cannot connect to " + url + " as " + SUPERUSER + ": " + e.getMessage(), e);
        }
    }

    /** For reading more rows than fit into memory: a transaction, which the driver's cursors need. */
    Connection reading(ServiceName service) throws SQLException {
        Connection connection = connect(service);
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        return connection;
    }

    /** Records print what they hold. */
    @Override
    public String toString() {
        return "PostgreSQL on port " + port;
    }
}
