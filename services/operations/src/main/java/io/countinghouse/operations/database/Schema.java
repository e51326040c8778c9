package io.countinghouse.operations.database;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a database consists of, a line each, such as {@code index usage_event_window …}. The lines that the migrations of
 * this version make are packaged with the program: a test makes them anew and compares.
 */
public final class Schema {

    /** The tables that the product promises by name, beside those that a service adds. */
    public static final Map<ServiceName, List<String>> REQUIRED_TABLES = Map.of(
            ServiceName.AUTH, List.of("user", "auth_token"),
            ServiceName.USAGE, List.of("usage_metrics", "audit_events", "system_stats"),
            ServiceName.BILLING, List.of("subscription_plan", "tenant_billing_profile", "billing_event"),
            ServiceName.INVOICE, List.of("invoices"),
            ServiceName.NOTIFICATION, List.of("notification", "notification_template"),
            ServiceName.AUDIT_LOG, List.of("audit_logs"),
            ServiceName.AI_MODELING, List.of("modeling_input", "modeling_output", "modeling_feedback"));

    /** NOT NULL is in the columns; since PostgreSQL 18 it is a constraint besides, which older ones do not list. */
    private static final List<String> QUERIES = List.of("""
            select 'table ' || relname from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'flyway_schema_history'
            """, """
            select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || case when a.attnotnull then ' not null' else '' end
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
              and a.attnum > 0 and not a.attisdropped and c.relname <> 'flyway_schema_history'
            """, """
            select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n' and conrelid <> 0
              and conrelid::regclass::text <> 'flyway_schema_history'
            """, """
            select 'index ' || c.relname || ' ' || pg_get_indexdef(i.indexrelid)
                   || case when i.indisvalid then '' else ' invalid' end
            from pg_index i join pg_class c on c.oid = i.indexrelid
            where c.relnamespace = 'public'::regnamespace and c.relname not like 'flyway%'
            """, """
            select 'trigger ' || pg_get_triggerdef(t.oid) || case when t.tgenabled = 'D' then ' disabled' else '' end
            from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where not t.tgisinternal and c.relnamespace = 'public'::regnamespace
            """);

    private Schema() {}

    public static Set<String> of(Connection connection) throws SQLException {
        Set<String> lines = new TreeSet<>();
        for (String query : QUERIES) {
            for (String line : texts(connection, query)) {
                lines.add(line.replaceAll("\\s+", " "));
            }
        }
        return lines;
    }

    public static Set<String> packaged(ServiceName service) {
        String name = "/schema/" + service.id() + ".txt";
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new OperationException("this program was packaged without " + name);
            }
            return new TreeSet<>(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList());
        } catch (IOException e) {
            throw new OperationException("cannot read " + name, e);
        }
    }

    /** What is missing or changed, then what is there beside it, of the lines that the filter lets through. */
    public static List<String> differences(Set<String> expected, Set<String> found, Predicate<String> kinds) {
        List<String> differences = new ArrayList<>();
        expected.stream()
                .filter(kinds)
                .filter(line -> !found.contains(line))
                .forEach(line -> differences.add("missing or changed: " + line));
        found.stream()
                .filter(kinds)
                .filter(line -> !expected.contains(line))
                .forEach(line -> differences.add("not of this version: " + line));
        return differences;
    }

    public static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
