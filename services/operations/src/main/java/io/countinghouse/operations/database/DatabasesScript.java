package io.countinghouse.operations.database;

import io.countinghouse.operations.ServiceName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What {@link Databases} does, as a script for psql: for an administrator who lets no program make databases. May be run again,
 * and holds no password.
 */
public final class DatabasesScript {

    private final DatabaseNames names;
    private final Optional<String> installation;
    private final boolean leased;

    /** @param leased whether nobody logs in as the roles, because services lease members of them */
    public DatabasesScript(DatabaseNames names, Optional<String> installation, boolean leased) {
        this.names = names;
        this.installation = installation;
        this.leased = leased;
    }

    /**
     * @param passwordOf the password of a role by its name without a prefix, of which the script gets the verifier; empty for
     *     one whose password is set by hand
     */
    public String text(Function<String, Optional<String>> passwordOf) throws SQLException {
        StringBuilder text = new StringBuilder("""
                -- Databases and roles of Countinghouse: for psql, connected to the database postgres of PostgreSQL 16 or newer
                -- as a superuser, or as a role with CREATEDB and CREATEROLE. May be run again: what is there stays.
                \\set ON_ERROR_STOP on
                """);
        installation.ifPresent(own -> {
            OwnerMark.of(own);
            refuseOthers(text, own);
        });
        missing(
                text,
                "CREATE ROLE " + Databases.GROUP + " NOLOGIN",
                "pg_roles WHERE rolname = '" + Databases.GROUP + "'");
        for (ServiceName service : ServiceName.values()) {
            service(text, service);
        }
        // The migration makes it where the owner may; here, because some platforms let only an administrator.
        text.append("\n\\connect ")
                .append(names.database(ServiceName.BILLING))
                .append("\nSET ROLE ")
                .append(names.ownerRole(ServiceName.BILLING))
                .append(";\nCREATE EXTENSION IF NOT EXISTS btree_gist;\nRESET ROLE;\n");
        if (!leased) {
            passwords(text, passwordOf);
        }
        return text.toString();
    }

    private void service(StringBuilder text, ServiceName service) {
        String database = names.database(service);
        String owner = names.ownerRole(service);
        String application = names.applicationRole(service);
        String absent = "pg_database WHERE datname = '" + database + "'";
        text.append("\n-- ").append(service.id()).append('\n');
        for (String role : List.of(owner, application)) {
            missing(
                    text,
                    "CREATE ROLE " + role + (leased ? " NOLOGIN" : " LOGIN"),
                    "pg_roles WHERE rolname = '" + role + "'");
        }
        missing(
                text,
                "GRANT " + Databases.GROUP + " TO " + application,
                "pg_auth_members WHERE roleid = '" + Databases.GROUP + "'::regrole AND member = '" + application
                        + "'::regrole");
        missing(text, "GRANT " + owner + " TO CURRENT_USER", absent);
        missing(text, "CREATE DATABASE " + database + " OWNER " + owner, absent);
        text.append("REVOKE CONNECT ON DATABASE ").append(database).append(" FROM PUBLIC;\n");
        text.append("GRANT CONNECT ON DATABASE ")
                .append(database)
                .append(" TO ")
                .append(application)
                .append(";\n");
        installation.ifPresent(own -> text.append("""
                SELECT format('COMMENT ON DATABASE %1$s IS %%L',
                              concat_ws(' ', nullif(shobj_description(oid, 'pg_database'), ''), '%2$s'))
                FROM pg_database
                WHERE datname = '%1$s' AND substring(shobj_description(oid, 'pg_database') from '%3$s') IS NULL\\gexec
                """.formatted(database, OwnerMark.of(own), OwnerMark.FOUND)));
    }

    private void refuseOthers(StringBuilder text, String own) {
        text.append("""
                DO $$
                DECLARE other text;
                BEGIN
                    SELECT datname || ' says: ' || shobj_description(oid, 'pg_database') INTO other FROM pg_database
                    WHERE datname IN (%s)
                      AND substring(shobj_description(oid, 'pg_database') from '%s') <> '%s';
                    IF FOUND THEN
                        RAISE EXCEPTION 'a database is another installation''s: %%', other;
                    END IF;
                END $$;
                """.formatted(
                        String.join(
                                ", ",
                                Stream.of(ServiceName.values())
                                        .map(service -> "'" + names.database(service) + "'")
                                        .toList()),
                        OwnerMark.FOUND,
                        own));
    }

    private void passwords(StringBuilder text, Function<String, Optional<String>> passwordOf) throws SQLException {
        text.append("\n-- Passwords: those of the installation's secrets.\n");
        for (ServiceName service : ServiceName.values()) {
            password(text, names.ownerRole(service), passwordOf.apply(service.ownerRole()));
            password(text, names.applicationRole(service), passwordOf.apply(service.applicationRole()));
        }
    }

    private static void password(StringBuilder text, String role, Optional<String> password) throws SQLException {
        if (password.isPresent()) {
            text.append("ALTER ROLE ")
                    .append(role)
                    .append(" PASSWORD '")
                    .append(Verifier.of(role, password.get()))
                    .append("';\n");
        } else {
            // psql asks for it, and sends the verifier.
            text.append("-- \\password ").append(role).append('\n');
        }
    }

    private static void missing(StringBuilder text, String statement, String there) {
        text.append("SELECT '")
                .append(statement)
                .append("' WHERE NOT EXISTS (SELECT FROM ")
                .append(there)
                .append(")\\gexec\n");
    }
}
