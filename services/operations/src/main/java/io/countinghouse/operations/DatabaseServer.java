package io.countinghouse.operations;

import io.countinghouse.operations.secret.Account;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import picocli.CommandLine.Option;

/** Where PostgreSQL is; options of every command that needs it. */
final class DatabaseServer {

    @Option(
            names = "--host",
            defaultValue = "${env:COUNTINGHOUSE_DATABASE_HOST:-localhost}",
            description = "of PostgreSQL (COUNTINGHOUSE_DATABASE_HOST; default: localhost)")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "${env:COUNTINGHOUSE_DATABASE_PORT:-5432}",
            description = "of PostgreSQL (COUNTINGHOUSE_DATABASE_PORT; default: 5432)")
    private int port;

    @Option(
            names = "--parameters",
            defaultValue = "${env:COUNTINGHOUSE_DATABASE_PARAMETERS:-}",
            description = "of the JDBC URL, such as sslmode=verify-full (COUNTINGHOUSE_DATABASE_PARAMETERS)")
    private String parameters;

    Connection connect(String database, Account account) {
        String url = "jdbc:postgresql://" + host + ":" + port + "/" + database
                + (parameters.isEmpty() ? "" : "?" + parameters);
        try {
            return DriverManager.getConnection(url, account.name(), account.password());
        } catch (SQLException e) {
            throw new OperationException("cannot connect to " + url + " as " + account + ": " + e.getMessage(), e);
        }
    }
}
