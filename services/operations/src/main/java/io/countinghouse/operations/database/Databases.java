package io.countinghouse.operations.database;

import io.countinghouse.operations.RefusedException;
import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A database and two roles for each service: the owner, which migrates, and the application's, which owns nothing and so
 * is subject to row-level security. What is missing is made, passwords that do not let in are set; the rest is left as it is,
 * so it can be run at any time. Databases of another installation are refused before anything is changed.
 */
public final class Databases {

    /**
     * The group whose grants the migrations give; a leased role becomes a member and needs no grants of its own. Without a
     * prefix: migrations name it. What a member can reach is bounded by the databases that it may connect to.
     */
    static final String GROUP = "app_rw";

    /** Says whether a role can log in with a password, where the database may be missing. */
    @FunctionalInterface
    public interface Logins {
        boolean work(String database, String role, String password);
    }

    private final Connection administrator;
    private final DatabaseNames names;
    private final Optional<String> installation;
    private final Logins logins;

    /** Without a mark, and with all passwords set anew. */
    public Databases(Connection administrator) {
        this(administrator, DatabaseNames.PLAIN, Optional.empty(), (_, _, _) -> false);
    }

    /**
     * @param administrator may create roles and databases; not in a transaction, which CREATE DATABASE refuses
     * @param installation the owner of the databases, such as {@code production/countinghouse}; empty where none is marked
     */
    public Databases(Connection administrator, DatabaseNames names, Optional<String> installation, Logins logins) {
        this.administrator = administrator;
        this.names = names;
        this.installation = installation;
        this.logins = logins;
    }

    /**
     * @param passwordOf the password of a role by its name without a prefix, such as {@code usage_service_owner}; empty for one
     *     that nobody logs in as, because services lease members of it
     * @return what was made, such as {@code database usage_service_db}; empty when all was there
     * @throws RefusedException when a database is another installation's; then nothing was changed
     */
    public List<String> prepare(Function<String, Optional<String>> passwordOf) throws SQLException {
        List<String> made = new ArrayList<>();
        try (Statement statement = administrator.createStatement()) {
            // Two installations that begin at once: the second one sees the marks of the first.
            statement.execute("SELECT pg_advisory_lock(hashtext('countinghouse databases'))");
            refuseOthers(passwordOf);
            if (isMissing("select 1 from pg_roles where rolname = ?", GROUP)) {
                statement.execute("CREATE ROLE " + GROUP + " NOLOGIN");
                made.add("role " + GROUP);
            }
            for (ServiceName service : ServiceName.values()) {
                String database = names.database(service);
                made.addAll(prepareRole(
                        statement, database, names.ownerRole(service), passwordOf.apply(service.ownerRole())));
                made.addAll(prepareRole(
                        statement,
                        database,
                        names.applicationRole(service),
                        passwordOf.apply(service.applicationRole())));
                join(statement, names.applicationRole(service));
                made.addAll(prepareDatabase(statement, service));
                if (installation.isPresent() && mark(database).isEmpty()) {
                    mark(statement, database);
                    made.add("mark on database " + database);
                }
            }
            statement.execute("SELECT pg_advisory_unlock(hashtext('countinghouse databases'))");
        }
        return made;
    }

    /**
     * A database without a mark is of a version before marks, or of somebody else's. It is this installation's when its
     * password lets in the owner; where logins are leased there is none, and the store that leases is the proof.
     */
    private void refuseOthers(Function<String, Optional<String>> passwordOf) throws SQLException {
        if (installation.isEmpty()) {
            return;
        }
        String own = OwnerMark.of(installation.get());
        for (ServiceName service : ServiceName.values()) {
            String database = names.database(service);
            if (isMissing("select 1 from pg_database where datname = ?", database)) {
                continue;
            }
            String toTake = "To take it over all the same, an administrator says COMMENT ON DATABASE " + database
                    + " IS '" + own + "'. Nothing was changed.";
            Optional<String> marked = mark(database);
            if (marked.isPresent() && !marked.equals(installation)) {
                throw new RefusedException("database " + database + " belongs to the installation '" + marked.get()
                        + "', and this one is '" + installation.get() + "': give this one a prefix of its own ("
                        + DatabaseNames.VARIABLE + "), or another server. " + toTake);
            }
            Optional<String> password = passwordOf.apply(service.ownerRole());
            if (marked.isEmpty()
                    && password.isPresent()
                    && !logins.work(database, names.ownerRole(service), password.get())) {
                throw new RefusedException("database " + database + " is there, does not say which installation it"
                        + " belongs to, and does not let " + names.ownerRole(service) + " in with the password of '"
                        + installation.get() + "': it seems to be another's. Give this one a prefix of its own ("
                        + DatabaseNames.VARIABLE + "), or another server. " + toTake);
            }
        }
    }

    private List<String> prepareRole(Statement statement, String database, String role, Optional<String> password)
            throws SQLException {
        boolean missing = isMissing("select 1 from pg_roles where rolname = ?", role);
        if (missing) {
            statement.execute("CREATE ROLE " + role + " NOLOGIN");
        }
        // A role that had a password keeps it where none is given: pods of the version before may still use it. One
        // that
        // lets in is not set again, for a new salt would lock out a pooler that has learnt the old one.
        if (password.isPresent() && (missing || !logins.work(database, role, password.get()))) {
            statement.execute("ALTER ROLE " + role + " LOGIN PASSWORD "
                    + statement.enquoteLiteral(Verifier.of(role, password.get())));
        }
        return missing ? List.of("role " + role) : List.of();
    }

    private void join(Statement statement, String role) throws SQLException {
        if (isMissing(
                "select 1 from pg_auth_members where roleid = '" + GROUP + "'::regrole and member = ?::regrole",
                role)) {
            statement.execute("GRANT " + GROUP + " TO " + role);
        }
    }

    private List<String> prepareDatabase(Statement statement, ServiceName service) throws SQLException {
        String database = names.database(service);
        if (!isMissing("select 1 from pg_database where datname = ?", database)) {
            return List.of();
        }
        // To give a database to a role, an administrator that is no superuser must be a member of it.
        statement.execute("GRANT " + names.ownerRole(service) + " TO CURRENT_USER");
        statement.execute("CREATE DATABASE " + database + " OWNER " + names.ownerRole(service));
        statement.execute("REVOKE CONNECT ON DATABASE " + database + " FROM PUBLIC");
        statement.execute("GRANT CONNECT ON DATABASE " + database + " TO " + names.applicationRole(service));
        return List.of("database " + database);
    }

    private Optional<String> mark(String database) throws SQLException {
        return OwnerMark.in(comment(database));
    }

    /** Behind what the comment says already. */
    private void mark(Statement statement, String database) throws SQLException {
        String before = comment(database);
        String own = OwnerMark.of(installation.orElseThrow());
        statement.execute("COMMENT ON DATABASE " + database + " IS "
                + statement.enquoteLiteral(before == null || before.isBlank() ? own : before + " " + own));
    }

    private String comment(String database) throws SQLException {
        try (var question = administrator.prepareStatement(
                "select shobj_description(oid, 'pg_database') from pg_database where datname = ?")) {
            question.setString(1, database);
            try (ResultSet row = question.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
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
