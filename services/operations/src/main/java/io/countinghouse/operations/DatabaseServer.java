package io.countinghouse.operations;

import io.countinghouse.operations.secret.Account;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import picocli.CommandLine.Option;

/** Where PostgreSQL is; options of every command that needs it. A pooler is passed by: its sessions are not the server's. */
final class DatabaseServer {

    /** PostgreSQL's "invalid authorization specification" and "invalid password". */
    private static final String NOT_LET_IN = "28";

    @Option(
            names = "--host",
            defaultValue = "${env:COUNTINGHOUSE_DATABASE_DIRECT_HOST:-}",
            description = "of PostgreSQL itself (COUNTINGHOUSE_DATABASE_DIRECT_HOST, or COUNTINGHOUSE_DATABASE_HOST;"
                    + " default: localhost)")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "${env:COUNTINGHOUSE_DATABASE_DIRECT_PORT:-}",
            description = "of PostgreSQL itself (COUNTINGHOUSE_DATABASE_DIRECT_PORT, or COUNTINGHOUSE_DATABASE_PORT;"
                    + " default: 5432)")
    private String port;

    @Option(
            names = "--tls",
            defaultValue = "${env:COUNTINGHOUSE_DATABASE_TLS:-}",
            description = "disable, require or verify-full (COUNTINGHOUSE_DATABASE_TLS; default: disable)")
    private String tls;

    @Option(
            names = "--ca",
            defaultValue = "${env:COUNTINGHOUSE_DATABASE_CA:-}",
            description =
                    "for verify-full: a file with the authority's certificates, in PEM (COUNTINGHOUSE_DATABASE_CA)")
    private String authority;

    @Option(
            names = "--parameters",
            defaultValue = "${env:COUNTINGHOUSE_DATABASE_PARAMETERS:-}",
            description = "more of the JDBC URL, such as connectTimeout=30 (COUNTINGHOUSE_DATABASE_PARAMETERS)")
    private String parameters;

    Connection connect(String database, Account account) {
        String url = url(database);
        try {
            return DriverManager.getConnection(url, account.name(), account.password());
        } catch (SQLException e) {
            throw new OperationException("cannot connect to " + url + " as " + account + ": " + message(e), e);
        }
    }

    /** @throws OperationException when the server did not say whether the password is right */
    boolean letsIn(String database, Account account) {
        try {
            DriverManager.getConnection(url(database), account.name(), account.password())
                    .close();
            return true;
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            // 3D000: a database that is not there yet, 42501: one that the role may not connect to; both know the
            // password.
            if (state.startsWith(NOT_LET_IN)) {
                return false;
            }
            if (state.equals("3D000") || state.equals("42501")) {
                return true;
            }
            throw new OperationException(
                    "cannot tell whether " + account + " can log in at " + url(database) + ": " + message(e), e);
        }
    }

    private String url(String database) {
        String security = switch (tls) {
            case "", "disable" -> "sslmode=disable";
            case "require" -> "sslmode=require";
            case "verify-full" -> {
                if (authority.isEmpty()) {
                    throw new OperationException("verify-full needs the authority's certificates:"
                            + " set COUNTINGHOUSE_DATABASE_CA to a file that holds them in PEM");
                }
                yield "sslmode=verify-full&sslrootcert=" + URLEncoder.encode(authority, StandardCharsets.UTF_8);
            }
            default ->
                throw new OperationException(
                        "COUNTINGHOUSE_DATABASE_TLS is '" + tls + "'; it is one of disable, require and verify-full");
        };
        return "jdbc:postgresql://" + said(host, "COUNTINGHOUSE_DATABASE_HOST", "localhost") + ":"
                + said(port, "COUNTINGHOUSE_DATABASE_PORT", "5432") + "/" + database + "?"
                // Who gives both has said sslmode before there was an option for it.
                + (parameters.contains("sslmode=") ? "" : security + (parameters.isEmpty() ? "" : "&")) + parameters;
    }

    private static String said(String value, String variable, String otherwise) {
        String set = System.getenv(variable);
        return !value.isEmpty() ? value : set == null || set.isEmpty() ? otherwise : set;
    }

    /** The driver says about TLS what went wrong, and in a cause why. */
    private static String message(SQLException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure ? failure.getMessage() : failure.getMessage() + " (" + root.getMessage() + ")";
    }
}
