package io.countinghouse.operations.database;

import java.sql.SQLException;
import org.postgresql.util.PasswordUtil;

/**
 * A password as PostgreSQL keeps it: a SCRAM-SHA-256 verifier. Made here, so that the password itself is in no statement and
 * with that in no log of the server.
 */
final class Verifier {

    private Verifier() {}

    static String of(String role, String password) throws SQLException {
        return PasswordUtil.encodePassword(role, password.toCharArray(), "scram-sha-256");
    }
}
