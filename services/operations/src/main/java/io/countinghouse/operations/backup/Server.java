package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A PostgreSQL server on this machine that trusts its superuser on loopback, as that of the local stack does. */
record Server(int port) {

    private static final String SUPERUSER = "postgres";

    Connection connect(ServiceName service) {
        return connect(service.database());
    }

    Connection connect(String database) {
        String url = "jdbc:postgresql://localhost:" + port + "/" + database;
        try {
            return DriverManager.getConnection(url, SUPERUSER, "");
        } catch (SQLException e) {
            throw new OperationException("cannot connect to " + url + ": " + e.getMessage(), e);
        }
    }

    /** For reading more rows than fit into memory: a transaction, which the driver's cursors need. */
    Connection reading(ServiceName service) throws SQLException {
        Connection connection = connect(service);
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        return connection;
    }
}
