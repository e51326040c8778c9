package io.countinghouse.operations.database;

import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A database and two roles for each service: the owner, which migrates, and the application's, which owns nothing and so
 * is subject to row-level security. What is missing is made, passwords are set again; the rest is left as it is, so it
 * can be run at any time.
 */
public final class Databases {

    /** The group whose grants the migrations give; a leased role becomes a member and needs no grants of its own. */
    private static final String GROUP = "app_rw";

    private final Connection administrator;

    /** @param administrator may create roles and databases; not in a transaction, which CREATE DATABASE refuses */
    public Databases(Connection administrator) {
        this.administrator = administrator;
    }

    /**
     * @param passwordOf the password of a role, such as {@code usage_service_owner}; empty for one that nobody logs in as,
     *     because services lease members of it
     * @return what was made, such as {@code database usage_service_db}; empty when all was there
     */
    public List<String> prepare(Function<String, Optional<String>> passwordOf) throws SQLException {
        List<String> made = new java.util.ArrayList<>();
        try (Statement statement = administrator.createStatement()) {
            if (isMissing("select 1 from pg_roles where rolname = ?", GROUP)) {
                statement.execute("CREATE ROLE " + GROUP + " NOLOGIN");
                made.add("role " + GROUP);
            }
            for (ServiceName service : ServiceName.values()) {
                for (String role : List.of(service.ownerRole(), service.applicationRole())) {
                    if (isMissing("select 1 from pg_roles where rolname = ?", role)) {
                        statement.execute("CREATE ROLE " + role + " NOLOGIN");
                        made.add("role " + role);
                    }
                    // A role that had a password keeps it: pods of the version before may still use it.
                    Optional<String> password = passwordOf.apply(role);
                    if (password.isPresent()) {
                        statement.execute(
                                "ALTER ROLE " + role + " LOGIN PASSWORD " + statement.enquoteLiteral(password.get()));
                    }
                }
                statement.execute("GRANT " + GROUP + " TO " + service.applicationRole());
                made.addAll(prepareDatabase(statement, service));
            }
        }
        return made;
    }

    private List<String> prepareDatabase(Statement statement, ServiceName service) throws SQLException {
        String database = service.database();
        if (!isMissing("select 1 from pg_database where datname = ?", database)) {
            return List.of();
        }
        // To give a database to a role, an administrator that is no superuser must be a member of it.
        statement.execute("GRANT " + service.ownerRole() + " TO CURRENT_USER");
        statement.execute("CREATE DATABASE " + database + " OWNER " + service.ownerRole());
        statement.execute("REVOKE CONNECT ON DATABASE " + database + " FROM PUBLIC");
        statement.execute("GRANT CONNECT ON DATABASE " + database + " TO " + service.applicationRole());
        return List.of("database " + database);
    }

    private boolean isMissing(String query, String name) throws SQLException {
        try (var question = administrator.prepareStatement(query)) {
            question.setString(1, name);
            try (ResultSet rows = question.executeQuery()) {
                return !rows.next();
            }
        }
    }
}
